package io.vedette.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads manifests as the API server would: a field that a type does not have is a mistake, and so is a value of another type. */
final class KubernetesTypes {
    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1/ConfigMap", ConfigMap.class,
            "v1/Service", Service.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "apps/v1/Deployment", Deployment.class,
            "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "networking.k8s.io/v1/Ingress", Ingress.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NothingIsAdditional())
            .build();

    private KubernetesTypes() {}

    /** @throws IllegalArgumentException that says where the manifest is wrong */
    static void check(JsonNode manifest) {
        String type = manifest.path("apiVersion").asText() + "/"
                + manifest.path("kind").asText();
        if (type.startsWith("keda.sh/v1alpha1/")) {
            checkKeda(manifest);
        } else if (TYPES.containsKey(type)) {
            STRICT.convertValue(manifest, TYPES.get(type));
        } else {
            throw new IllegalArgumentException("unknown type " + type);
        }
    }

    private static void checkKeda(JsonNode manifest) {
        Set<ValidationMessage> faults = schema(manifest.path("kind").asText()).validate(manifest);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    faults.stream().map(ValidationMessage::getMessage).collect(Collectors.joining(", ")));
        }
        if (manifest.at("/spec").has("jobTargetRef")) {
            STRICT.convertValue(manifest.at("/spec/jobTargetRef"), JobSpec.class);
        }
    }

    private static JsonSchema schema(String kind) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(KubernetesTypes.class.getResourceAsStream("/keda/" + kind + ".json"));
    }

    /** The model's classes take in any field; the API server does not. */
    private static final class NothingIsAdditional extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }
}
