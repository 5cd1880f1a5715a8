package io.vedette.runtime;

import io.vedette.common.event.Topic;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * Records that nobody can work on: kept as they were for people to look at, with the reason in headers
 * ({@code vedette-reason}, {@code vedette-topic}, {@code vedette-partition}, {@code vedette-offset}).
 */
@Singleton
public final class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final EventProducer producer;
    private final Topics topics;

    public DeadLetters(EventProducer producer, Topics topics) {
        this.producer = producer;
        this.topics = topics;
    }

    /** Publishes the record and waits for the acknowledgement; one that is too large goes without its value. */
    public void bury(ConsumerRecord<String, byte[]> poison, String reason) {
        try {
            EventProducer.await(producer.submit(letter(poison, poison.value(), reason)));
        } catch (RecordTooLargeException large) {
            String shorter = reason + " (value of " + poison.value().length + " bytes left out)";
            EventProducer.await(producer.submit(letter(poison, null, shorter)));
        }
        LOG.warnf(
                "buried topic=%s partition=%d offset=%d reason=%s",
                poison.topic(), poison.partition(), poison.offset(), reason);
    }

    private ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> poison, byte[] value, String reason) {
        var letter = new ProducerRecord<>(topics.name(Topic.DEAD_LETTERS), null, poison.key(), value, poison.headers());
        header(letter, "vedette-reason", reason);
        header(letter, "vedette-topic", poison.topic());
        header(letter, "vedette-partition", Integer.toString(poison.partition()));
        header(letter, "vedette-offset", Long.toString(poison.offset()));
        return letter;
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
