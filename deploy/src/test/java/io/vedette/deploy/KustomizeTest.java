package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kustomize base is the chart, rendered. {@code -Dvedette.kustomize.write} renders it anew. */
class KustomizeTest {
    private static final Path BASE = Chart.DEPLOY.resolve("kustomize/base/vedette.yaml");

    @Test
    void theBaseIsWhatTheChartRendersNow() throws IOException {
        String rendered = Chart.rendered(Chart.values("kustomize/values.yaml"));
        if (Boolean.getBoolean("vedette.kustomize.write")) {
            Files.writeString(BASE, rendered);
        }
        assertThat(Files.readString(BASE))
                .as("deploy/kustomize/base/vedette.yaml is not what the chart renders; to write it anew:"
                        + " mvn -pl deploy test -Dtest=KustomizeTest -Dvedette.kustomize.write=true")
                .isEqualTo(rendered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/gpu", "overlays/kueue"})
    void kubectlBuildsIt(String folder) throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/kubectl"))
                .as("kubectl, which builds overlays, is not here")
                .exists();
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", "kustomize/" + folder)
                .redirectErrorStream(true)
                .start();
        String built = new String(kubectl.getInputStream().readAllBytes());
        assertThat(kubectl.waitFor()).as(built).isZero();
        List<JsonNode> manifests = Chart.manifests(built);
        manifests.stream()
                .filter(it -> !it.path("apiVersion").asText().startsWith("kueue."))
                .forEach(KubernetesTypes::check);
        JsonNode trainer = new Manifests(manifests).one("ScaledJob", "vedette-trainer");
        JsonNode container = trainer.at("/spec/jobTargetRef/template/spec/containers/0");
        assertThat(Pods.environment(container)).containsEntry("VEDETTE_DEVICE", folder.equals("base") ? "cpu" : "gpu");
        assertThat(trainer.at("/metadata/labels").has("kueue.x-k8s.io/queue-name"))
                .isEqualTo(folder.endsWith("kueue"));
    }
}
