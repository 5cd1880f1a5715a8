package io.vedette.inference.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.WorkEvent.BatchRequested;
import io.vedette.common.inference.Detected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the lines of a batch come to, counted from the lines alone: those of an earlier attempt count as our own. */
final class Tally {
    /** Bad images that the summary names; the results name all. */
    static final int MOST_NAMED = 100;

    private final TreeMap<String, Long> defects = new TreeMap<>();
    private final List<JsonNode> bad = new ArrayList<>();
    private long images;
    private long anomalous;
    private long failed;
    private JsonNode threshold;

    void add(JsonNode line) {
        images++;
        if (line.has(ResultLine.ERROR)) {
            failed++;
            if (bad.size() < MOST_NAMED) {
                bad.add(line);
            }
            return;
        }
        threshold = line.get(ResultLine.THRESHOLD);
        if (line.get(ResultLine.ANOMALOUS).booleanValue()) {
            anomalous++;
        }
        for (JsonNode anomaly : line.path(ResultLine.ANOMALIES)) {
            String name = anomaly.get(ResultLine.NAME).textValue();
            if (!name.equals(Detected.BACKGROUND)) {
                defects.merge(name, 1L, Long::sum);
            }
        }
    }

    long images() {
        return images;
    }

    long failed() {
        return failed;
    }

    ObjectNode summary(BatchRequested batch, Instant now) {
        ObjectNode summary = EventJson.mapper()
                .createObjectNode()
                .put("BatchDetectionId", batch.batchId().toString())
                .put("ModelArn", batch.modelArn().toString())
                .put("Results", batch.results().toString());
        if (threshold != null) {
            summary.set(ResultLine.THRESHOLD, threshold);
        }
        summary.put("Total", images)
                .put("Normal", images - failed - anomalous)
                .put("Anomalous", anomalous)
                .put("Failed", failed);
        ArrayNode kinds = summary.putArray("Defects");
        defects.forEach(
                (name, count) -> kinds.addObject().put(ResultLine.NAME, name).put("Images", count));
        summary.putArray("BadImages").addAll(bad);
        return summary.put("RequestedAt", batch.requestedAt().toString())
                .put("CompletedAt", now.toString())
                .put("Seconds", Duration.between(batch.requestedAt(), now).toMillis() / 1000.0);
    }
}
