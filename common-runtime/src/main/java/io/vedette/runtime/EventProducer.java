package io.vedette.runtime;

import io.vedette.common.event.Event;
import io.vedette.common.event.Topic;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes events, idempotently and with the acknowledgement of all replicas. Safe for use by many threads. */
@Singleton
public final class EventProducer implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final Topics topics;
    private final EventCodec codec;
    private KafkaProducer<String, byte[]> producer;

    public EventProducer(KafkaSettings settings, Topics topics, EventCodec codec) {
        this.settings = settings;
        this.topics = topics;
        this.codec = codec;
    }

    /**
     * Publishes one event and waits for the acknowledgement; the subject is the key.
     *
     * @throws KafkaException if it was not acknowledged within two minutes; it may have been written all the same
     */
    public RecordMetadata send(Topic topic, String key, Event event) {
        return await(submit(codec.encode(topics.name(topic), key, event)));
    }

    /** Publishes a record as it is; the future fails with a {@link KafkaException} as its cause. */
    public Future<RecordMetadata> submit(ProducerRecord<String, byte[]> message) {
        return producer().send(message);
    }

    /** Waits for the acknowledgement of a record that was submitted. */
    public static RecordMetadata await(Future<RecordMetadata> acknowledgement) {
        try {
            return acknowledgement.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof KafkaException refused ? refused : new KafkaException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for an acknowledgement", stopped);
        }
    }

    @PreDestroy
    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSING);
            producer = null;
        }
    }

    /** Made at the first use, since it fails where the broker's name cannot be resolved yet. */
    private synchronized KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    KafkaConnection.ofProducer(settings), new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }
}
