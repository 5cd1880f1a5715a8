package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.TrainedModels.Trained;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.OutputS3Object;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a training leaves in the customer's bucket (specification §6). */
@StackTest
class EvaluationFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @Tag("LV-152")
    @Tag("LV-153")
    @Tag("LV-155")
    @Tag("LV-160")
    void theResultHasExactlyTheMembersThatProgramsRead(TrainedModels trained) {
        JsonNode result = result(trained.single());
        assertThat(names(result)).containsExactly("Version", "EvaluationDetails", "AggregatedEvaluationResults");
        assertThat(result.get("Version").isInt()).isTrue();
        assertThat(result.get("Version").intValue()).isEqualTo(1);
        assertThat(names(result.get("EvaluationDetails")))
                .containsExactly(
                        "ModelArn", "EvaluationEndTimestamp", "NumberOfTrainingImages", "NumberOfTestingImages");
        assertThat(result.at("/EvaluationDetails/ModelArn").textValue())
                .isEqualTo(trained.single().asked().modelArn());
        assertThat(names(result.get("AggregatedEvaluationResults"))).containsExactly("Metrics");
        // k_fold_model_summary makes one row of a data frame of this object: five numbers and nothing else
        JsonNode metrics = result.at("/AggregatedEvaluationResults/Metrics");
        assertThat(names(metrics))
                .containsExactlyInAnyOrder("ROCAUC", "AveragePrecision", "Precision", "Recall", "F1Score");
        assertThat(metrics).allMatch(JsonNode::isNumber).allMatch(it -> it.doubleValue() >= 0 && it.doubleValue() <= 1);
    }

    @Test
    @Tag("LV-154")
    void f1IsTheHarmonicMeanAndWhatTheModelTells(TrainedModels trained) {
        for (Trained each : List.of(trained.single(), trained.separate())) {
            JsonNode metrics = result(each).at("/AggregatedEvaluationResults/Metrics");
            double precision = metrics.get("Precision").doubleValue();
            double recall = metrics.get("Recall").doubleValue();
            double f1 = metrics.get("F1Score").doubleValue();
            double mean = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
            assertThat(f1).isCloseTo(mean, within(1e-6));
            assertThat(each.model().performance().f1Score()).isEqualTo((float) f1);
            assertThat(each.model().performance().precision()).isEqualTo((float) precision);
            assertThat(each.model().performance().recall()).isEqualTo((float) recall);
        }
    }

    @Test
    @Tag("LV-157")
    void aSingleDataSetIsDividedWithoutRest(TrainedModels trained) {
        JsonNode details = result(trained.single()).get("EvaluationDetails");
        assertThat(details.get("NumberOfTrainingImages").intValue()).isEqualTo(15);
        assertThat(details.get("NumberOfTestingImages").intValue()).isEqualTo(15);
        JsonNode separate = result(trained.separate()).get("EvaluationDetails");
        assertThat(separate.get("NumberOfTrainingImages").intValue()).isEqualTo(10);
        assertThat(separate.get("NumberOfTestingImages").intValue()).isEqualTo(20);
    }

    @Test
    void theEvaluationEndedWhenTheModelSays(TrainedModels trained) {
        Instant told = Instant.parse(result(trained.single())
                .at("/EvaluationDetails/EvaluationEndTimestamp")
                .textValue());
        assertThat(Duration.between(told, trained.single().model().evaluationEndTimestamp())
                        .abs())
                .isLessThan(Duration.ofMillis(2));
    }

    @Test
    @Tag("LV-158")
    @Tag("LV-159")
    void theManifestHasALineForEachTestImage(TrainedModels trained) {
        Trained separate = trained.separate();
        List<JsonNode> lines = manifest(separate);
        assertThat(lines).hasSize(20);
        for (JsonNode line : lines) {
            JsonNode given = separate.lines().stream()
                    .map(EvaluationFilesTest::json)
                    .filter(it -> it.get("source-ref").equals(line.get("source-ref")))
                    .findFirst()
                    .orElseThrow();
            assertThat(line.get("anomaly-label")).isEqualTo(given.get("anomaly-label"));
            assertThat(line.get("anomaly-label-metadata")).isEqualTo(given.get("anomaly-label-metadata"));
            JsonNode detected = line.get("anomaly-label-detected-metadata");
            boolean anomaly = detected.get("class-name").textValue().equals("anomaly");
            assertThat(line.get("anomaly-label-detected").intValue()).isEqualTo(anomaly ? 1 : 0);
            assertThat(detected.get("confidence").doubleValue()).isBetween(0.5, 1.0);
            assertThat(detected.get("model-arn").textValue())
                    .isEqualTo(separate.asked().modelArn());
            assertThat(detected.get("project-name").textValue())
                    .isEqualTo(separate.workshop().project());
            assertThat(detected.get("model-version").textValue()).isEqualTo("1");
            assertThat(detected.get("type").textValue()).isEqualTo("groundtruth/image-classification");
            assertThat(detected.get("human-annotated").textValue()).isEqualTo("no");
        }
    }

    @Test
    void theManifestAndTheResultAgree(TrainedModels trained) {
        for (Trained each : List.of(trained.single(), trained.separate())) {
            JsonNode metrics = result(each).at("/AggregatedEvaluationResults/Metrics");
            List<JsonNode> lines = manifest(each);
            long found = count(lines, "anomaly-label", "anomaly-label-detected");
            long detected = count(lines, "anomaly-label-detected", "anomaly-label-detected");
            long real = count(lines, "anomaly-label", "anomaly-label");
            assertThat(metrics.get("Recall").doubleValue()).isCloseTo((double) found / real, within(1e-9));
            assertThat(metrics.get("Precision").doubleValue())
                    .isCloseTo(detected == 0 ? 0 : (double) found / detected, within(1e-9));
        }
    }

    @Test
    void theseTwoFilesAndOurOwnBesideThemAreAllThatIsWritten(TrainedModels trained) {
        Workshop workshop = trained.single().workshop();
        assertThat(workshop.customer()
                        .s3()
                        .listObjectsV2(
                                request -> request.bucket(workshop.bucket()).prefix(TrainedModels.PREFIX))
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyInAnyOrder(
                        TrainedModels.PREFIX + "EvaluationManifest-trained-single-1.json",
                        TrainedModels.PREFIX + "EvaluationResult-trained-single-1.json",
                        TrainedModels.PREFIX + "VedetteEvaluation-trained-single-1.json");
    }

    /** The lines of the EvaluationManifest. */
    static List<JsonNode> manifest(Trained trained) {
        return read(trained, trained.model().evaluationManifest())
                .lines()
                .map(EvaluationFilesTest::json)
                .toList();
    }

    private static JsonNode result(Trained trained) {
        return json(read(trained, trained.model().evaluationResult()));
    }

    private static String read(Trained trained, OutputS3Object file) {
        return trained.workshop().read(file.bucket(), file.key());
    }

    private static long count(List<JsonNode> lines, String one, String other) {
        return lines.stream()
                .filter(line -> line.get(one).intValue() == 1 && line.get(other).intValue() == 1)
                .count();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("no JSON: " + text, malformed);
        }
    }
}
