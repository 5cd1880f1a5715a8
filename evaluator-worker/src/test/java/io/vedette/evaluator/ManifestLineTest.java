package io.vedette.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.anomaly.Verdict;
import io.vedette.common.ModelArn;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.event.EventJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ManifestLineTest {
    private static final ModelArn MODEL =
            ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/cookies/7");
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final String TRUTH = "{\"source-ref\":\"s3://bkt/k.jpg\",\"anomaly-label\":0,"
            + "\"anomaly-label-metadata\":{\"confidence\":1,\"class-name\":\"normal\",\"human-annotated\":\"yes\","
            + "\"creation-date\":\"2020-11-10T03:37:09.600\",\"type\":\"groundtruth/image-classification\"},"
            + "\"my-note\":\"kept\"}";

    @Test
    @Tag("LV-158")
    void groundTruthStaysAsItWasGiven() throws IOException {
        // When
        JsonNode line = line(new Verdict(true, 0.9, 0.8, 0.5));
        // Then
        EventJson.mapper()
                .readTree(TRUTH)
                .properties()
                .forEach(truth -> assertThat(line.get(truth.getKey())).isEqualTo(truth.getValue()));
        assertThat(line.get("anomaly-label-detected").intValue()).isEqualTo(1);
    }

    @Test
    @Tag("LV-159")
    void detectedMetadataNamesTheModelAndTheConfidence() throws IOException {
        // When
        JsonNode detected = line(new Verdict(false, 0.75, 0.2, 0.5)).get("anomaly-label-detected-metadata");
        // Then
        assertThat(detected.toString())
                .isEqualTo(
                        "{\"class-name\":\"normal\",\"confidence\":0.75,\"type\":\"groundtruth/image-classification\","
                                + "\"human-annotated\":\"no\",\"creation-date\":\"2026-03-04T05:06:07.089000\","
                                + "\"job-name\":\"training-job/anomaly-detection\",\"model-arn\":\"" + MODEL + "\","
                                + "\"project-name\":\"cookies\",\"model-version\":\"7\"}");
    }

    private static JsonNode line(Verdict verdict) throws IOException {
        Scored scored = new Scored(DatasetEntry.parse(TRUTH), verdict, Optional.empty(), Optional.empty());
        return EventJson.mapper().readTree(ManifestLine.of(MODEL, scored, AT, "s3://out/"));
    }
}
