package io.vedette.evaluator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.ModelArn;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.dataset.Label;
import io.vedette.common.event.EventJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A line of the EvaluationManifest: the ground truth as it was given, and what was detected (specification §6.2). */
final class ManifestLine {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private ManifestLine() {}

    /** @param masks where the drawn masks will be: the address less their names */
    static String of(ModelArn model, Scored image, Instant at, String masks) {
        boolean anomalous = image.verdict().anomalous();
        ObjectNode line = groundTruth(image);
        line.put("anomaly-label-detected", anomalous ? 1 : 0);
        ObjectNode label = line.putObject("anomaly-label-detected-metadata")
                .put("class-name", (anomalous ? Label.ANOMALY : Label.NORMAL).className())
                .put("confidence", image.verdict().confidence());
        sign(label, "groundtruth/image-classification", model, at);
        image.mask().ifPresent(mask -> {
            line.put("anomaly-mask-ref-detected", masks + mask.name());
            ObjectNode metadata = line.putObject("anomaly-mask-ref-detected-metadata");
            colors(metadata.putObject("internal-color-map"), mask.found());
            sign(metadata, "groundtruth/semantic-segmentation", model, at);
        });
        return line.toString();
    }

    /** The colours of the mask, as its reader will meet them: background first, then the defects that were found. */
    private static void colors(ObjectNode map, List<DefectClass> found) {
        map.putObject("0")
                .put("class-name", "BACKGROUND")
                .put("hex-color", "#ffffff")
                .put("confidence", 0.0); // required of this entry (specification §5.3)
        for (int i = 0; i < found.size(); i++) {
            map.putObject(String.valueOf(i + 1))
                    .put("class-name", found.get(i).name())
                    .put("hex-color", found.get(i).color());
        }
    }

    private static void sign(ObjectNode metadata, String type, ModelArn model, Instant at) {
        metadata.put("type", type)
                .put("human-annotated", "no")
                .put("creation-date", DATE.format(at))
                .put("job-name", "training-job/anomaly-detection")
                .put("model-arn", model.toString())
                .put("project-name", model.project().value())
                .put("model-version", model.version().toString());
    }

    private static ObjectNode groundTruth(Scored image) {
        try {
            return (ObjectNode) EventJson.mapper().readTree(image.entry().line());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a frozen entry is no JSON", impossible);
        }
    }
}
