package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.customer.Extensions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;

/** An image gets one score from a model, whoever asks: the evaluation and a detection agree to the last bit. */
@StackTest
class OneScoringPathTest {
    @Test
    void evaluationAndDetectionAgreeToTheLastBit(HostedProject project) throws Exception {
        var manifest = project.describe(HostedProject.HOSTED).evaluationManifest();
        String lines = project.s3()
                .getObjectAsBytes(request -> request.bucket(manifest.bucket()).key(manifest.key()))
                .asUtf8String();
        String path = "/vedette/v1/projects/" + project.name() + "/models/1/detect";
        try (Extensions extensions = new Extensions(project.vision())) {
            int compared = 0;
            for (String text : lines.lines().toList()) {
                JsonNode line = new ObjectMapper().readTree(text);
                byte[] image = image(project, line.get("source-ref").asText());
                JsonNode detected = extensions
                        .send(SdkHttpMethod.POST, path, Map.of(), "image/png", image)
                        .body();
                assertThat(detected.get("Confidence").asDouble())
                        .as(line.get("source-ref").asText())
                        .isEqualTo(line.get("anomaly-label-detected-metadata")
                                .get("confidence")
                                .asDouble());
                assertThat(detected.get("IsAnomalous").asBoolean() ? 1 : 0)
                        .isEqualTo(line.get("anomaly-label-detected").asInt());
                compared++;
            }
            assertThat(compared).isEqualTo(8);
        }
    }

    private static byte[] image(HostedProject project, String address) {
        String[] parts = address.substring("s3://".length()).split("/", 2);
        return project.s3()
                .getObjectAsBytes(request -> request.bucket(parts[0]).key(parts[1]))
                .asByteArray();
    }
}
