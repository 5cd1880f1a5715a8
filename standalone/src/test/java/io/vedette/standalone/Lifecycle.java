package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.common.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic {@code vedette.lifecycle}, read from its beginning to its present end. */
final class Lifecycle {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The relay sends what has been committed, soon. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Lifecycle() {}

    /**
     * Waits until as many events as these were published with this key, and holds them to be these and no others. Each is
     * written as {@code Type}, {@code Type STATUS} or {@code Type BEFORE>STATUS}; of
     * data sets with their type: {@code DatasetStatusChanged train CREATE_COMPLETE}.
     */
    static void assertExactly(Customer customer, String arn, String... events) {
        List<String> published = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> of(customer, arn), found -> found.size() >= events.length);
        assertThat(published).containsExactly(events);
    }

    private static List<String> of(Customer customer, String arn) {
        String kafka = customer.stack().address("kafka").orElseThrow();
        List<String> events = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.LIFECYCLE.suffix()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (arn.equals(record.key())) {
                        events.add(line(record));
                    }
                });
            }
        }
        return events;
    }

    private static String line(ConsumerRecord<String, String> record) {
        String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        JsonNode data = data(record.value());
        String before = data.has("previousStatus") ? data.get("previousStatus").asText() + ">" : "";
        String set = data.has("datasetType") ? data.get("datasetType").asText() + " " : "";
        return (type.replaceFirst("^io\\.vedette\\.", "") + " " + set + before
                        + data.path("status").asText())
                .strip();
    }

    private static JsonNode data(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("no JSON in the topic: " + json, malformed);
        }
    }
}
