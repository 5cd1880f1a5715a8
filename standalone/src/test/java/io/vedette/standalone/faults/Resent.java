package io.vedette.standalone.faults;

import io.vedette.standalone.faults.Evidence.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records that were seen on a topic, sent once more. */
final class Resent {
    private Resent() {}

    /** As they were, in their order. @return where the last one lies */
    static RecordMetadata asTheyWere(FaultStack stack, List<Seen> records) {
        return changed(stack, records, Map.of());
    }

    /** With these texts in place of others, in key and data. @return where the last one lies */
    static RecordMetadata changed(FaultStack stack, List<Seen> records, Map<String, String> changes) {
        return send(stack, records, changes, null);
    }

    /** As they were, but for the time that their producer has them be of. */
    static void dated(FaultStack stack, List<Seen> records, Instant at) {
        send(stack, records, Map.of(), at.toEpochMilli());
    }

    private static RecordMetadata send(FaultStack stack, List<Seen> records, Map<String, String> changes, Long at) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafka()), new StringSerializer(), new ByteArraySerializer())) {
            RecordMetadata last = null;
            for (Seen record : records) {
                last = producer.send(copy(record, changes, at)).get();
            }
            return last;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static ProducerRecord<String, byte[]> copy(Seen record, Map<String, String> changes, Long at) {
        byte[] data = record.data() == null
                ? null
                : changed(new String(record.data(), StandardCharsets.UTF_8), changes)
                        .getBytes(StandardCharsets.UTF_8);
        var copy = new ProducerRecord<>(record.topic(), null, at, changed(record.key(), changes), data);
        Map<String, String> headers = new HashMap<>(record.headers());
        headers.computeIfPresent("ce_subject", (name, subject) -> changed(subject, changes));
        headers.forEach((name, text) -> copy.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return copy;
    }

    private static String changed(String text, Map<String, String> changes) {
        String result = text;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            result = result.replace(change.getKey(), change.getValue());
        }
        return result;
    }
}
