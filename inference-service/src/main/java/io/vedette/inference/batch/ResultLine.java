package io.vedette.inference.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.S3Uri;
import io.vedette.common.event.EventJson;
import io.vedette.common.inference.Detected;

/** One image's line: what DetectAnomalies would answer, without the mask; or why the image could not be used. */
final class ResultLine {
    static final String IMAGE = "source-ref";
    static final String ANOMALOUS = "IsAnomalous";
    static final String THRESHOLD = "Threshold";
    static final String ANOMALIES = "Anomalies";
    static final String NAME = "Name";
    static final String ERROR = "Error";

    private ResultLine() {}

    static ObjectNode of(S3Uri image, Detected detected) {
        ObjectNode line = begun(image)
                .put(ANOMALOUS, detected.anomalous())
                .put("Confidence", (float) detected.confidence())
                .put("Score", detected.score())
                .put(THRESHOLD, detected.threshold());
        if (detected.areas() != null) {
            ArrayNode anomalies = line.putArray(ANOMALIES);
            for (Detected.Area area : Detected.withBackground(detected.areas())) {
                anomalies
                        .addObject()
                        .put(NAME, area.name())
                        .putObject("PixelAnomaly")
                        .put("TotalPercentageArea", (float) area.share())
                        .put("Color", area.color());
            }
        }
        return line;
    }

    static ObjectNode bad(S3Uri image, String reason) {
        return begun(image).put(ERROR, reason);
    }

    static JsonNode parse(String line) {
        try {
            return EventJson.mapper().readTree(line);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a part of a batch holds a line that is no JSON", damaged);
        }
    }

    /** The image of a line, or of an entry of the frozen list. */
    static S3Uri image(String line) {
        return S3Uri.parse(parse(line).path(IMAGE).asText());
    }

    private static ObjectNode begun(S3Uri image) {
        return EventJson.mapper().createObjectNode().put(IMAGE, image.toString());
    }
}
