package io.vedette.evaluator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.ModelArn;
import io.vedette.common.dataset.Label;
import io.vedette.common.event.EventJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A line of the EvaluationManifest: the ground truth as it was given, and what was detected (specification §6.2). */
final class ManifestLine {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private ManifestLine() {}

    static String of(ModelArn model, Scored image, Instant at) {
        boolean anomalous = image.verdict().anomalous();
        ObjectNode line = groundTruth(image);
        line.put("anomaly-label-detected", anomalous ? 1 : 0);
        line.putObject("anomaly-label-detected-metadata")
                .put("class-name", (anomalous ? Label.ANOMALY : Label.NORMAL).className())
                .put("confidence", image.verdict().confidence())
                .put("type", "groundtruth/image-classification")
                .put("human-annotated", "no")
                .put("creation-date", DATE.format(at))
                .put("job-name", "training-job/anomaly-detection")
                .put("model-arn", model.toString())
                .put("project-name", model.project().value())
                .put("model-version", model.version().toString());
        return line.toString();
    }

    private static ObjectNode groundTruth(Scored image) {
        try {
            return (ObjectNode) EventJson.mapper().readTree(image.entry().line());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a frozen entry is no JSON", impossible);
        }
    }
}
