package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The branches of the chart that neither example takes. */
class EverythingElseTest {
    private final Manifests rendered = Manifests.of(Chart.REST);

    @Test
    void kedaAndThePodsShowBrokersTheSameCertificate() {
        JsonNode trigger = rendered.one("ScaledJob", "vedette-trainer").at("/spec/triggers/0/metadata");
        assertThat(trigger.path("sasl").asText()).isEqualTo("plaintext");
        assertThat(trigger.path("tls").asText()).isEqualTo("enable");
        assertThat(shown(rendered)).containsExactly("username", "password", "ca", "cert", "key");
        assertThat(rendered.pods())
                .allSatisfy((name, pod) -> assertThat(pod.path("volumes").findValuesAsText("secretName"))
                        .as(name)
                        .contains("kafka-ca", "vedette-kafka-client"));
        ObjectNode withoutUser = Chart.values(Chart.REST);
        withoutUser.withObject("/kafka").put("securityProtocol", "SSL");
        Manifests ssl = Manifests.of(withoutUser);
        assertThat(shown(ssl)).containsExactly("ca", "cert", "key");
        assertThat(ssl.one("ScaledJob", "vedette-trainer")
                        .at("/spec/triggers/0/metadata")
                        .has("sasl"))
                .isFalse();
        assertThat(ssl.settings()).noneMatch(name -> name.contains("SASL"));
    }

    private static List<String> shown(Manifests rendered) {
        return rendered.one("TriggerAuthentication", "vedette-trainer")
                .at("/spec/secretTargetRef")
                .findValuesAsText("parameter");
    }

    @Test
    void anInferenceServiceOnAGpuHasTheImageTheDeviceAndTheRuntime() {
        JsonNode pod = rendered.pods().get("inference");
        JsonNode container = pod.at("/containers/0");
        assertThat(container.path("image").asText())
                .isEqualTo("registry.example.com/vision/vedette-inference-cuda:0.1.1");
        assertThat(container.at("/resources/limits/nvidia.com~1gpu").asInt()).isEqualTo(1);
        assertThat(pod.path("runtimeClassName").asText()).isEqualTo("nvidia");
        assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("nvidia.com/gpu");
        assertThat(Pods.environment(container))
                .containsAllEntriesOf(Map.of("VEDETTE_DEVICE", "gpu", "VEDETTE_GPU_MEMORY", "6G"));
        assertThat(Pods.environment(rendered.pods().get("evaluator").at("/containers/0")))
                .containsEntry("VEDETTE_DEVICE", "cpu");
    }

    @Test
    void aNamespaceThatGivesUserIdsIsLeftToGiveThem() {
        assertThat(rendered.pods())
                .allSatisfy(
                        (name, pod) -> assertThat(pod.path("securityContext").toString())
                                .as(name)
                                .isEqualTo("{\"runAsNonRoot\":true,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}"));
    }

    @Test
    void noPolicyWhereThereIsToBeNoneAndAPortOfTheNodeWhereThereIs() {
        assertThat(rendered.all("NetworkPolicy")).isEmpty();
        assertThat(rendered.one("Service", "vedette-api").at("/spec/type").asText())
                .isEqualTo("NodePort");
    }

    @Test
    void keysOfAmazonsOwnStoreAreLeftToItsDefaultChain() {
        assertThat(rendered.settings()).noneMatch(name -> name.startsWith("VEDETTE_S3_") && name.contains("KEY"));
        assertThat(rendered.literals())
                .doesNotContainKey("VEDETTE_S3_ENDPOINT")
                .containsEntry("VEDETTE_S3_PATH_STYLE", "false")
                .containsEntry(
                        "VEDETTE_POSTGRES_URL", "jdbc:postgresql://postgres.data.svc:5432/vedette?sslmode=require");
        assertThat(Pods.environment(rendered.pods().get("api").at("/containers/0")))
                .containsEntry("VEDETTE_SECRETS_PREVIOUS_KEY", "secret vedette-secrets/previous-secrets-key");
    }

    @Test
    void aKubernetesOlderThanTheDocumentsSayIsRefused() throws IOException {
        assertThatThrownBy(() -> Chart.renderedForAnOldKubernetes(Chart.values(Chart.REST)))
                .hasMessageContaining("chart requires kubeVersion: >=1.30.0-0");
        assertThat(Files.readString(Chart.DEPLOY.resolveSibling("docs/kubernetes.md")))
                .contains("Kubernetes 1.30 or later");
    }
}
