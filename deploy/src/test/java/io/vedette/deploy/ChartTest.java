package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes of the values that are given with it. */
class ChartTest {
    private static final String LEAST = Chart.LEAST;
    private static final String MOST = Chart.MOST;
    private static final String REST = Chart.REST;

    @ForAllValues
    void everyManifestIsOneThatTheApiServerTakes(String values) {
        assertThat(Manifests.of(values).all())
                .hasSizeGreaterThan(11)
                .allSatisfy(manifest -> assertThatCode(() -> KubernetesTypes.check(manifest))
                        .as(manifest.path("kind").asText())
                        .doesNotThrowAnyException());
    }

    @Test
    void helmFindsNothingWrongWithIt() {
        assertThat(Chart.lint(Chart.values(MOST))).isEmpty();
    }

    @Test
    void aFieldThatKubernetesDoesNotHaveIsNoticed() {
        ObjectNode deployment =
                Manifests.of(LEAST).one("Deployment", "vedette-api").deepCopy();
        ((ObjectNode) deployment.at("/spec/template/spec")).put("terminationGracePeriod", 3);
        assertThatThrownBy(() -> KubernetesTypes.check(deployment)).hasMessageContaining("terminationGracePeriod");
        ObjectNode job = Manifests.of(LEAST).one("ScaledJob", "vedette-trainer").deepCopy();
        ((ObjectNode) job.at("/spec/scalingStrategy")).put("pendingPodCondition", "Ready");
        assertThatThrownBy(() -> KubernetesTypes.check(job)).hasMessageContaining("pendingPodCondition");
    }

    @ForAllValues
    void noAutoscalerCanKillATraining(String values) {
        Manifests manifests = Manifests.of(values);
        assertThat(manifests.all()).noneMatch(it -> it.path("kind").asText().equals("ScaledObject"));
        assertThat(manifests.all())
                .filteredOn(it -> it.path("kind").asText().equals("HorizontalPodAutoscaler"))
                .allMatch(it -> it.at("/spec/scaleTargetRef/name").asText().equals("vedette-inference"));
        JsonNode spec = manifests.one("ScaledJob", "vedette-trainer").path("spec");
        assertThat(spec.at("/rollout/strategy").asText()).isEqualTo("gradual");
        assertThat(spec.at("/scalingStrategy/strategy").asText()).isEqualTo("accurate");
        assertThat(spec.at("/scalingStrategy/pendingPodConditions").toString()).isEqualTo("[\"Ready\"]");
        JsonNode job = spec.path("jobTargetRef");
        assertThat(job.path("backoffLimit").asInt(-1)).isZero();
        assertThat(job.path("parallelism").asInt()).isEqualTo(1);
        assertThat(job.has("activeDeadlineSeconds")).isFalse();
        JsonNode annotations = job.at("/template/metadata/annotations");
        assertThat(annotations
                        .path("cluster-autoscaler.kubernetes.io/safe-to-evict")
                        .asText())
                .isEqualTo("false");
        assertThat(annotations.path("karpenter.sh/do-not-disrupt").asText()).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({LEAST + ",''", MOST + ",vision."})
    void aPodIsStartedForEachTrainingThatWaits(String values, String prefix) {
        JsonNode spec = Manifests.of(values).one("ScaledJob", "vedette-trainer").path("spec");
        JsonNode trigger = spec.at("/triggers/0/metadata");
        assertThat(spec.at("/triggers/0/type").asText()).isEqualTo("kafka");
        assertThat(trigger.path("topic").asText()).isEqualTo(prefix + "vedette.training.requested");
        assertThat(trigger.path("consumerGroup").asText()).isEqualTo(prefix + "vedette.trainers");
        assertThat(trigger.path("bootstrapServers").asText())
                .as("KEDA asks from another namespace")
                .matches("[a-z0-9-]+\\.[a-z0-9-]+\\.svc:[0-9]+");
        assertThat(trigger.path("lagThreshold").asText()).isEqualTo("1");
        assertThat(trigger.path("offsetResetPolicy").asText()).isEqualTo("earliest");
        JsonNode container = spec.at("/jobTargetRef/template/spec/containers/0");
        assertThat(container.path("args").toString()).isEqualTo("[\"--once\"]");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        assertThat(Pods.environment(container)).containsKey("VEDETTE_WORKER_PATIENCE");
    }

    @Test
    void kedaReadsTheSameSecretsAsTheTrainers() {
        JsonNode authentication = Manifests.of(MOST).one("TriggerAuthentication", "vedette-trainer");
        assertThat(authentication.at("/spec/secretTargetRef").findValuesAsText("parameter"))
                .containsExactly("username", "password", "ca");
        JsonNode trigger =
                Manifests.of(MOST).one("ScaledJob", "vedette-trainer").at("/spec/triggers/0");
        assertThat(trigger.at("/authenticationRef/name").asText()).isEqualTo("vedette-trainer");
        assertThat(trigger.at("/metadata/sasl").asText()).isEqualTo("scram_sha512");
        assertThat(trigger.at("/metadata/tls").asText()).isEqualTo("enable");
    }

    @Test
    void aTrainerOnAGpuNodeHasTheImageTheDeviceAndTheRightToBeThere() {
        JsonNode pod = Manifests.of(MOST).one("ScaledJob", "vedette-trainer").at("/spec/jobTargetRef/template/spec");
        JsonNode container = pod.at("/containers/0");
        assertThat(container.path("image").asText()).isEqualTo("vedette-trainer-cuda:0.1.0");
        assertThat(container.at("/resources/limits/nvidia.com~1gpu").asInt()).isEqualTo(1);
        assertThat(pod.at("/nodeSelector/nvidia.com~1gpu.present").asText()).isEqualTo("true");
        assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("nvidia.com/gpu");
        assertThat(Pods.environment(container)).containsEntry("VEDETTE_DEVICE", "gpu");
        JsonNode onCpu = Manifests.of(LEAST).one("ScaledJob", "vedette-trainer").at("/spec/jobTargetRef/template/spec");
        assertThat(Pods.environment(onCpu.at("/containers/0"))).containsEntry("VEDETTE_DEVICE", "cpu");
        assertThat(onCpu.at("/containers/0/resources").toString()).doesNotContain("gpu");
    }

    @Test
    void memoryOfAGpuIsPlannedWithWhereItIsLimitedAndThereIsOne() throws IOException {
        ObjectNode values = Chart.values(MOST);
        values.withObject("/trainer/gpu").put("memory", "20G");
        values.withObject("/inference/gpu").put("memory", "6G");
        assertThat(gpuMemory(values)).containsExactly("20G", "nothing");
        values.withObject("/inference/gpu").put("enabled", true);
        assertThat(gpuMemory(values)).containsExactly("20G", "6G");
        assertThat(gpuMemory(Chart.values(MOST))).containsExactly("nothing", "nothing");
    }

    /** What trainer and inference service are given. */
    private static List<String> gpuMemory(ObjectNode values) {
        Manifests rendered = Manifests.of(values);
        return Stream.of(
                        rendered.one("ScaledJob", "vedette-trainer")
                                .at("/spec/jobTargetRef/template/spec/containers/0"),
                        rendered.one("Deployment", "vedette-inference").at("/spec/template/spec/containers/0"))
                .map(container -> Pods.environment(container).getOrDefault("VEDETTE_GPU_MEMORY", "nothing"))
                .toList();
    }

    @ForAllValues
    void whoWorksMayFinishItsStepBeforeItIsKilled(String values) {
        for (String worker : List.of("trainer", "evaluator", "inference")) {
            JsonNode pod = Manifests.of(values).pods().get(worker);
            String grace = Pods.environment(pod.at("/containers/0")).get("VEDETTE_WORKER_GRACE");
            assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                    .as(worker)
                    .isGreaterThanOrEqualTo(Integer.parseInt(grace.replace("s", "")) + 20);
        }
    }

    @ForAllValues
    void everyPodIsRestrictedAndSaysWhatItNeeds(String values) {
        assertThat(Manifests.of(values).pods().keySet())
                .containsExactlyInAnyOrder("api", "trainer", "evaluator", "inference");
        Manifests.of(values).pods().forEach((name, pod) -> {
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as(name)
                    .isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            for (JsonNode container : pod.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                        .as(name)
                        .isTrue();
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(name)
                        .isFalse();
                assertThat(security.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
                assertThat(container.at("/resources/requests").has("cpu"))
                        .as(name)
                        .isTrue();
                assertThat(container.at("/resources/requests").has("memory"))
                        .as(name)
                        .isTrue();
                assertThat(container.at("/resources/limits").has("memory"))
                        .as(name)
                        .isTrue();
                assertThat(container.has("livenessProbe") && container.has("startupProbe"))
                        .as(name)
                        .isTrue();
            }
        });
    }

    @ForAllValues
    void everySettingIsOneThatTheServicesKnow(String values) throws IOException {
        Set<String> known = Pods.documented();
        Set<String> set = Manifests.of(values).settings();
        assertThat(set).contains("VEDETTE_KAFKA_TOPIC_PREFIX", "VEDETTE_S3_PATH_STYLE");
        assertThat(known).containsAll(set);
    }

    @ForAllValues
    void passwordsAndKeysComeFromSecretsOnly(String values) {
        assertThat(Manifests.of(values).all())
                .noneMatch(it -> it.path("kind").asText().equals("Secret"));
        assertThat(Manifests.of(values).literals().keySet())
                .noneMatch(name -> name.matches(".*(PASSWORD|SECRET|ACCESS_KEY|SECRETS_KEY).*"));
        assertThat(Pods.environment(Manifests.of(values).pods().get("trainer").at("/containers/0"))
                        .keySet())
                .as("a trainer holds nothing of Postgres's")
                .noneMatch(name -> name.contains("POSTGRES"));
    }

    @ForAllValues
    void evaluatorAndInferenceCountInTheSameWayWhateverTheNode(String values) {
        assertThat(List.of("evaluator", "inference"))
                .extracting(name -> Pods.environment(
                                Manifests.of(values).pods().get(name).at("/containers/0"))
                        .getOrDefault("VEDETTE_THREADS", "all"))
                .containsOnly(values.equals(REST) ? "all" : "2");
    }

    @Test
    void replicasOfInferenceFollowTheUnitsInService() {
        JsonNode spec = Manifests.of(MOST)
                .one("HorizontalPodAutoscaler", "vedette-inference")
                .path("spec");
        assertThat(spec.findValues("type"))
                .as("external metrics are KEDA's")
                .noneMatch(it -> it.asText().equals("External"));
        JsonNode metric = spec.at("/metrics/0/object");
        Manifests.of(MOST)
                .one(
                        metric.at("/describedObject/kind").asText(),
                        metric.at("/describedObject/name").asText());
        JsonNode rule = Chart.values("helm/examples/prometheus-adapter.yaml").at("/rules/custom/0");
        assertThat(metric.at("/metric/name").asText())
                .isEqualTo(rule.at("/name/as").asText());
        assertThat(rule.at("/resources/overrides/service/resource").asText())
                .isEqualToIgnoringCase(metric.at("/describedObject/kind").asText());
        assertThat(Manifests.of(MOST)
                        .one("Deployment", "vedette-inference")
                        .path("spec")
                        .has("replicas"))
                .as("else every upgrade would undo what the autoscaler did")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "evaluator", "inference"})
    void oneReplicaAtATimeMayBeDrained(String component) {
        JsonNode spec = Manifests.of(LEAST)
                .one("PodDisruptionBudget", "vedette-" + component)
                .path("spec");
        assertThat(spec.path("maxUnavailable").asInt()).isEqualTo(1);
        assertThat(spec.at("/selector/matchLabels/app.kubernetes.io~1component").asText())
                .isEqualTo(component);
    }
}
