package io.vedette.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.PlainText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** One lifecycle event (CloudEvents 1.0, Kafka binary mode) as one line. */
final class LifecycleLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private LifecycleLine() {}

    /** The event in CloudEvents' JSON form. */
    static String json(ConsumerRecord<String, String> record) {
        ObjectNode event = JSON.createObjectNode();
        for (Header header : record.headers()) {
            if (header.key().startsWith("ce_")) {
                event.put(header.key().substring(3), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return event.put("datacontenttype", "application/json")
                .set("data", data(record))
                .toString();
    }

    /** For people: when, what, and which state it went to. */
    static String readable(ConsumerRecord<String, String> record) {
        String type = header(record, "ce_type").replaceFirst("^io\\.vedette\\.", "");
        JsonNode data = data(record);
        String time = CLOCK.format(Instant.ofEpochMilli(record.timestamp()));
        String status = data.path("status").asText("");
        String change = status.isEmpty()
                ? ""
                : data.path("previousStatus").isTextual()
                        ? "  " + data.path("previousStatus").asText() + " -> " + status
                        : "  " + status;
        String message = data.path("statusMessage").asText("");
        return PlainText.of(time + "  " + String.format(Locale.ROOT, "%-20s", type) + "  " + subject(record, data)
                + change + (message.isEmpty() ? "" : "  " + message) + performance(data.path("performance")));
    }

    private static String subject(ConsumerRecord<String, String> record, JsonNode data) {
        String arn = record.key() == null ? "-" : record.key();
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        if (data.has("batchId")) {
            return name + " (batch " + data.get("batchId").asText() + ")";
        }
        return data.has("datasetType") ? name + " (" + data.get("datasetType").asText() + ")" : name;
    }

    private static String performance(JsonNode performance) {
        return performance.has("f1Score")
                ? String.format(
                        Locale.ROOT, "  F1 %.3f", performance.get("f1Score").asDouble())
                : "";
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static JsonNode data(ConsumerRecord<String, String> record) {
        try {
            return JSON.readTree(record.value());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return JSON.createObjectNode();
        }
    }
}
