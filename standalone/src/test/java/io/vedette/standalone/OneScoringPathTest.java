package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.customer.Extensions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.model.OutputS3Object;

/** An image gets one score from a model, whoever asks: the evaluation and a detection agree to the last bit. */
@StackTest
class OneScoringPathTest {
    @Test
    void evaluationAndDetectionAgreeToTheLastBit(HostedProject project) throws Exception {
        agree(project);
    }

    @Test
    void soTheyDoWithDefects(HostedProject.WithDefects hosted) throws Exception {
        agree(hosted.project());
    }

    static void agree(HostedProject project) throws Exception {
        JsonNode evaluation = evaluation(project);
        String path = "/vedette/v1/projects/" + project.name() + "/models/1/detect";
        try (Extensions extensions = new Extensions(project.vision())) {
            assertThat(evaluation.get("Images")).hasSize(8);
            for (JsonNode image : evaluation.get("Images")) {
                String address = image.get("SourceRef").asText();
                JsonNode detected = extensions
                        .send(SdkHttpMethod.POST, path, Map.of(), "image/png", image(project, address))
                        .body();
                for (String what : List.of("Score", "Confidence")) {
                    assertThat(detected.get(what).asDouble())
                            .as(what + " of " + address)
                            .isEqualTo(image.get(what).asDouble());
                }
                assertThat(detected.get("IsAnomalous")).isEqualTo(image.get("IsAnomalous"));
                assertThat(detected.get("Threshold")).isEqualTo(evaluation.get("Threshold"));
            }
        }
    }

    private static JsonNode evaluation(HostedProject project) throws Exception {
        OutputS3Object manifest = project.describe(HostedProject.HOSTED).evaluationManifest();
        String key = manifest.key().replace("EvaluationManifest-", "VedetteEvaluation-");
        return new ObjectMapper()
                .readTree(project.s3()
                        .getObjectAsBytes(
                                request -> request.bucket(manifest.bucket()).key(key))
                        .asByteArray());
    }

    private static byte[] image(HostedProject project, String address) {
        String[] parts = address.substring("s3://".length()).split("/", 2);
        return project.s3()
                .getObjectAsBytes(request -> request.bucket(parts[0]).key(parts[1]))
                .asByteArray();
    }
}
