package io.vedette.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that nobody could work on, as it lies on the topic of dead letters. Our services say why in headers
 * {@code vedette-*}; SmallRye, should it set one aside by itself (as it did for earlier versions), in {@code dead-letter-*}.
 */
record DeadLetter(ConsumerRecord<String, byte[]> record) {
    private static final List<String> FAMILIES = List.of("vedette-", "dead-letter-");

    /** What people name it by: partition and offset. */
    String id() {
        return record.partition() + "-" + record.offset();
    }

    Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    String reason() {
        return about("reason").orElse("no reason given");
    }

    /** Where it lay before it was set aside; empty if nothing says. */
    Optional<String> topic() {
        return about("topic");
    }

    Optional<String> type() {
        return text(record.headers().lastHeader("ce_type"));
    }

    /** As it was, for the topic that it came from. */
    ProducerRecord<String, byte[]> asItWas() {
        ProducerRecord<String, byte[]> before =
                new ProducerRecord<>(topic().orElseThrow(), null, record.key(), record.value());
        for (Header header : record.headers()) {
            if (FAMILIES.stream().noneMatch(header.key()::startsWith)) {
                before.headers().add(header);
            }
        }
        return before;
    }

    private Optional<String> about(String what) {
        return FAMILIES.stream()
                .flatMap(family -> text(record.headers().lastHeader(family + what)).stream())
                .findFirst();
    }

    static Optional<String> text(Header header) {
        return Optional.ofNullable(header)
                .filter(it -> it.value() != null)
                .map(it -> new String(it.value(), StandardCharsets.UTF_8));
    }
}
