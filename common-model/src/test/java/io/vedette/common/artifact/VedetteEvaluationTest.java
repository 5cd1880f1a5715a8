package io.vedette.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.common.ModelArn;
import io.vedette.common.S3Uri;
import io.vedette.common.event.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VedetteEvaluationTest {
    private static final VedetteEvaluation.Interval SURE = new VedetteEvaluation.Interval(0.5, 1);

    @Test
    void namesAreThoseOfTheDescription() throws IOException {
        // When
        JsonNode json = EventJson.mapper().valueToTree(evaluation());
        // Then
        assertThat(names(json))
                .containsExactly(
                        "Version",
                        "EvaluationDetails",
                        "Learner",
                        "Remarks",
                        "Threshold",
                        "Confusion",
                        "Intervals",
                        "Curve",
                        "Histogram",
                        "HeatScale",
                        "Pixels",
                        "Images");
        assertThat(names(json.at("/Confusion")))
                .containsExactly("TruePositives", "FalsePositives", "TrueNegatives", "FalseNegatives");
        assertThat(names(json.at("/Intervals"))).containsExactly("Precision", "Recall", "Specificity", "Accuracy");
        assertThat(names(json.at("/Curve/0")))
                .containsExactly(
                        "Threshold", "TruePositives", "FalsePositives", "Recall", "FalsePositiveRate", "Precision");
        assertThat(names(json.at("/Histogram"))).containsExactly("Edges", "Normal", "Anomaly");
        assertThat(names(json.at("/HeatScale"))).containsExactly("Normal", "Threshold", "Most");
        assertThat(names(json.at("/Pixels")))
                .containsExactlyInAnyOrder("Images", "Regions", "ROCAUC", "AUPRO", "BestF1");
        assertThat(names(json.at("/Images/0")))
                .containsExactly("SourceRef", "Label", "Score", "IsAnomalous", "Confidence", "Hottest");
        assertThat(names(json.at("/Images/0/Hottest"))).containsExactly("X", "Y", "Heat");
    }

    @Test
    void fileIsReadAsItWasWritten() throws IOException {
        String json = EventJson.mapper().writeValueAsString(evaluation());
        assertThat(EventJson.mapper().readValue(json, VedetteEvaluation.class)).isEqualTo(evaluation());
    }

    private static VedetteEvaluation evaluation() {
        return new VedetteEvaluation(
                VedetteEvaluation.VERSION,
                new EvaluationResult.Details(
                        ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/cookies/7"),
                        "2026-03-04T05:06:07Z",
                        60,
                        1),
                "fused",
                List.of("Careful."),
                0.4,
                new VedetteEvaluation.Confusion(1, 0, 0, 0),
                new VedetteEvaluation.Intervals(SURE, SURE, SURE, SURE),
                List.of(new VedetteEvaluation.Point(0.9, 1, 0, 1, 0, 1)),
                new VedetteEvaluation.Histogram(List.of(0.9, 0.9), List.of(0), List.of(1)),
                new VedetteEvaluation.HeatScale(0, 0.5, 1),
                new VedetteEvaluation.Pixels(1, 2, 0.9, 0.8, 0.7),
                List.of(new VedetteEvaluation.Image(
                        S3Uri.parse("s3://b/k.jpg"),
                        "anomaly",
                        0.9,
                        true,
                        0.95,
                        new VedetteEvaluation.Cell(0.1, 0.2, 0.3))));
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
