package io.vedette.api.outbox;

import io.quarkus.logging.Log;
import io.vedette.api.outbox.OutboxBatches.Outcome;
import io.vedette.persistence.Outbox.Letter;
import io.vedette.runtime.EventCodec;
import io.vedette.runtime.EventCodec.Envelope;
import io.vedette.runtime.EventProducer;
import io.vedette.runtime.KafkaConnection;
import io.vedette.runtime.KafkaSettings;
import io.vedette.runtime.Topics;
import io.vedette.runtime.Traces;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Takes a batch of letters to Kafka. Each topic that Kafka does not know, or does not answer for, is waited for once in a
 * batch, so with seven topics a batch takes {@code 7 * BLOCK + DELIVERY}, 29 seconds, at most. What is not there by then
 * stays in the outbox, so short times lose nothing.
 */
@Singleton
class Courier {
    /** To know of a topic; Kafka's own default is a minute for each letter. */
    static final Duration BLOCK = Duration.ofSeconds(3);
    /** From there to the acknowledgement; later the producer does not send it any more. Kafka's own default is two minutes. */
    static final Duration DELIVERY = Duration.ofSeconds(8);

    private static final Duration REQUEST = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final EventCodec codec;
    private final Topics topics;
    private final Traces traces;
    private KafkaProducer<String, byte[]> producer;

    Courier(KafkaSettings settings, EventCodec codec, Topics topics, Traces traces) {
        this.settings = settings;
        this.codec = codec;
        this.topics = topics;
        this.traces = traces;
    }

    /**
     * What became of a batch.
     *
     * @param unreachable topics that Kafka does not know, or does not answer for
     * @param failure the last one that is worth another try
     */
    record Delivery(List<Outcome> outcomes, Set<String> unreachable, Optional<KafkaException> failure) {
        List<Letter> sent() {
            return outcomes.stream()
                    .filter(Outcome.Sent.class::isInstance)
                    .map(it -> ((Outcome.Sent) it).letter())
                    .toList();
        }
    }

    /** @param ours asked before each letter; where it says no, nothing more is sent */
    Delivery deliver(List<Letter> letters, BooleanSupplier ours) {
        Round round = new Round();
        Set<String> unreachable = new HashSet<>();
        for (Letter letter : letters) {
            if (unreachable.contains(letter.topic())) {
                continue;
            }
            if (!ours.getAsBoolean()) {
                break;
            }
            if (!round.begin(letter)) {
                unreachable.add(letter.topic());
            }
        }
        round.underWay.forEach((letter, answer) -> {
            if (!round.take(letter, answer)) {
                unreachable.add(letter.topic());
            }
        });
        if (round.failure != null && !(round.failure instanceof RetriableException)) {
            close(); // such a producer may never send again: the next batch has another
        }
        return new Delivery(round.outcomes, unreachable, Optional.ofNullable(round.failure));
    }

    private final class Round {
        private final Map<Letter, Future<RecordMetadata>> underWay = new LinkedHashMap<>();
        private final List<Outcome> outcomes = new ArrayList<>();
        private KafkaException failure;

        /** False if it will not even be tried. A producer that knows no way does not throw: its future has failed already. */
        boolean begin(Letter letter) {
            try {
                Future<RecordMetadata> answer = submit(letter);
                if (answer.isDone()) {
                    return take(letter, answer);
                }
                underWay.put(letter, answer);
                return true;
            } catch (KafkaException refused) {
                failure = refused;
                return false;
            }
        }

        boolean take(Letter letter, Future<RecordMetadata> answer) {
            try {
                RecordMetadata there = EventProducer.await(answer);
                outcomes.add(new Outcome.Sent(letter, there.partition(), there.offset()));
                return true;
            } catch (RecordTooLargeException never) {
                Log.errorf(never, "parked outbox=%d type=%s key=%s", letter.id(), letter.type(), letter.key());
                outcomes.add(new Outcome.Unsendable(letter, never.getMessage()));
                return true;
            } catch (KafkaException refused) {
                failure = refused;
                return false;
            }
        }
    }

    private Future<RecordMetadata> submit(Letter letter) {
        try (Traces.Step step = traces.publication(letter.topic(), letter.traceparent(), letter.createdAt())) {
            Envelope envelope =
                    new Envelope(letter.eventId(), letter.type(), letter.subject(), letter.data(), step.traceparent());
            return producer().send(codec.encode(topics.prefixed(letter.topic()), letter.key(), envelope));
        }
    }

    /** Nothing is sent any more: what is under way is in the outbox, for the next relay. */
    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    /** Made at the first use, since it fails where the broker's name cannot be resolved yet. */
    private synchronized KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> properties = KafkaConnection.ofProducer(settings);
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK.toMillis());
            properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
            producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }
}
