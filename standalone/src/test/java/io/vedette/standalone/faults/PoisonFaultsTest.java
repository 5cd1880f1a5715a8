package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/** Records that nobody can read lie in front of those of a model, and records of a newer version among them. */
@FaultTest
@Tag("quick")
@Isolated
class PoisonFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LARGE = 2 << 20;
    /** An event that is none of those that belong on any of the topics. */
    private static final String ELSEWHERE =
            "{\"runId\":\"c0ffee00-1234-4cde-8f00-aa55aa55aa55\",\"modelId\":\"5a4d1e9c-0b6f-4a3e-9a53-0f5d2b6c7e11\","
                    + "\"reason\":\"none\"}";

    static final Map<Topic, String> TYPES = Map.of(
            Topic.TRAINING_REQUESTED, "io.vedette.TrainRequested",
            Topic.MODEL_TRAINED, "io.vedette.ModelTrained",
            Topic.RUN_EVENTS, "io.vedette.RunProgressed");

    @Fault(29)
    void recordsThatNobodyCanRead(Scene row) throws Exception {
        // Given
        row.prepare();
        allowLargeRecords(row);
        // When
        try (KafkaProducer<String, byte[]> producer = producer(row)) {
            for (Map.Entry<Topic, String> each : TYPES.entrySet()) {
                String topic = each.getKey().suffix();
                String type = each.getValue();
                send(row, producer, record(row, topic, headers(type), "not JSON"));
                send(row, producer, record(row, topic, headers("io.vedette.FromTheFuture"), "{}"));
                send(row, producer, record(row, topic, headers("io.vedette.RunCancelled"), ELSEWHERE));
                send(row, producer, record(row, topic, headers(type), null));
                send(row, producer, record(row, topic, headers(type), "null"));
                send(row, producer, record(row, topic, headers(type), "{}"));
                send(row, producer, record(row, topic, Map.of(), "no headers"));
                send(row, producer, record(row, topic, with(headers(type), "ce_specversion", "9.9"), "{}"));
                send(row, producer, record(row, topic, with(headers(type), "ce_time", "yesterday"), "{}"));
                send(row, producer, record(row, topic, with(headers(type), "ce_id", null), "{}"));
                send(row, producer, record(row, topic, Map.of("content-type", "application/cloudevents+json"), "{"));
                send(row, producer, record(row, topic, headers(type), "{\"x\":\"" + "x".repeat(LARGE) + "\"}"));
            }
        }
        // Then
        row.trained(row.ask());
    }

    @Fault(29)
    void aRequestOfANewerVersionHasMoreFields(Scene row) {
        // Given: a request that was committed, and is not on its topic yet
        row.prepare();
        row.stack().crashes().hold("relay.before-send", Topic.TRAINING_REQUESTED.suffix() + " " + row.arns());
        String model = row.ask();
        row.stack().crashes().awaitReached("relay.before-send");
        // When
        row.fault();
        Map<String, Object> request = row.database()
                .rows(
                        "select event_id, key, type, data from outbox where topic = ? and key like ?",
                        Topic.TRAINING_REQUESTED.suffix(),
                        row.arns() + "%")
                .get(0);
        String more = request.get("data").toString().replaceFirst("\\{", "{\"fromTheFuture\":{\"list\":[1]},");
        Map<String, String> headers = with(headers((String) request.get("type")), "ce_newer", "extension");
        headers.put("ce_id", request.get("event_id").toString());
        Resent.asTheyWere(
                row.stack(),
                List.of(new Seen(
                        Topic.TRAINING_REQUESTED.suffix(),
                        0,
                        0,
                        0,
                        (String) request.get("key"),
                        headers,
                        more.getBytes(StandardCharsets.UTF_8))));
        // Then
        row.trained(model);
        row.stack().crashes().release("relay.before-send"); // the same once more
        await().atMost(PATIENCE).until(() -> Rest.leftovers(row.stack()).isEmpty());
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
    }

    /** The service's own settings refuse them; those of another's broker may not. */
    private static void allowLargeRecords(Scene row) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", row.stack().kafka()))) {
            Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes = new HashMap<>();
            TYPES.keySet()
                    .forEach(topic -> changes.put(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic.suffix()),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", Integer.toString(2 * LARGE)),
                                    AlterConfigOp.OpType.SET))));
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    static KafkaProducer<String, byte[]> producer(Scene row) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", row.stack().kafka(), "max.request.size", 2 * LARGE),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static void send(Scene row, KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> poison)
            throws ExecutionException, InterruptedException {
        RecordMetadata place = producer.send(poison).get();
        row.fault();
        row.witness().poisoned(new Witness.Poison(place.topic(), place.partition(), place.offset()));
    }

    static Map<String, String> headers(String type) {
        return new HashMap<>(Map.of(
                "ce_specversion", "1.0",
                "ce_id", "1",
                "ce_source", "/test",
                "ce_type", type,
                "content-type", "application/json"));
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String text) {
        headers.put(name, text);
        return headers;
    }

    /** In front of the row's first model. */
    static ProducerRecord<String, byte[]> record(Scene row, String topic, Map<String, String> headers, String data) {
        byte[] value = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, null, row.arns() + "1", value);
        headers.forEach((name, text) ->
                record.headers().add(name, text == null ? null : text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
