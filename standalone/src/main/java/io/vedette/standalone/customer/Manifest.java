package io.vedette.standalone.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Lines of a manifest (specification §5). */
final class Manifest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Manifest() {}

    /** A classification line. */
    static ObjectNode line(String sourceRef, boolean anomalous) {
        ObjectNode line = JSON.createObjectNode();
        line.put("source-ref", sourceRef);
        line.put("anomaly-label", anomalous ? 1 : 0);
        line.set(
                "anomaly-label-metadata",
                metadata("groundtruth/image-classification")
                        .put("confidence", 1)
                        .put("class-name", anomalous ? "anomaly" : "normal"));
        return line;
    }

    /** @param colors {@code #RRGGBB} to the defect's name */
    static void addMask(ObjectNode line, String maskRef, Map<String, String> colors) {
        ObjectNode map = JSON.createObjectNode();
        map.set("0", color("BACKGROUND", "#ffffff"));
        colors.forEach((hex, name) -> map.set(Integer.toString(map.size()), color(name, hex)));
        line.put("anomaly-mask-ref", maskRef);
        line.set(
                "anomaly-mask-ref-metadata",
                metadata("groundtruth/semantic-segmentation").set("internal-color-map", map));
    }

    /** What two lines must share to say the same: image, class, mask. */
    static String essence(JsonNode line) {
        return line.path("source-ref").asText() + " "
                + line.path("anomaly-label-metadata").path("class-name").asText() + " "
                + line.path("anomaly-mask-ref").asText();
    }

    /** @throws TrainingFailure if the text is no JSON */
    static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new TrainingFailure("Vedette answered with a line that is no JSON: " + line);
        }
    }

    private static ObjectNode color(String name, String hex) {
        return JSON.createObjectNode()
                .put("class-name", name)
                .put("hex-color", hex)
                .put("confidence", 0.0);
    }

    private static ObjectNode metadata(String type) {
        return JSON.createObjectNode()
                .put("type", type)
                .put("human-annotated", "yes")
                .put("job-name", "labeling-job/vedette-train")
                .put(
                        "creation-date",
                        LocalDateTime.now(ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }
}
