package io.vedette.standalone.faults;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that was ever on the topics: the api trims them, so it is written down as it comes. */
final class Tap implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final List<TopicPartition> ALL = Arrays.stream(Topic.values())
            .flatMap(topic -> IntStream.range(0, topic.partitions())
                    .mapToObj(number -> new TopicPartition(topic.suffix(), number)))
            .toList();

    private final String kafka;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::follow, "tap");
    private volatile boolean closed;

    Tap(String kafka) {
        this.kafka = kafka;
        thread.setDaemon(true);
        thread.start();
    }

    /** All that lies on the topics now, and all that was there before, by partition in its order. */
    List<Seen> all() {
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<String, byte[]> asking = consumer()) {
            ends = asking.endOffsets(ALL);
        }
        org.awaitility.Awaitility.await("all records")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ends.entrySet().stream()
                        .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue()));
        return List.copyOf(seen);
    }

    private void follow() {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            consumer.assign(ALL);
            consumer.seekToBeginning(ALL);
            while (!closed) {
                try {
                    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                        seen.add(seen(record));
                        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                    }
                } catch (KafkaException passing) {
                    // the broker is away, or a topic is made anew
                }
            }
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka,
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "metadata.max.age.ms", "2000"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Seen seen(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return new Seen(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                headers,
                record.value());
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
