package io.vedette.api.outbox;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.outbox.OutboxBatches.Outcome;
import io.vedette.persistence.Outbox.Letter;
import io.vedette.persistence.Outbox.Written;
import io.vedette.runtime.CrashPoint;
import io.vedette.runtime.EventCodec;
import io.vedette.runtime.EventProducer;
import io.vedette.runtime.Topics;
import io.vedette.runtime.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Publishes the outbox: reads a batch, sends it, waits for the acknowledgements, marks it. One replica is active at a
 * time; two at once would only duplicate. A crash before the mark sends again, under the same event id.
 */
@ApplicationScoped
class OutboxRelay {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A batch for a broker that is away takes three minutes at most: one to know of the topic, two to be acknowledged. */
    private static final Duration HANGS_AFTER = Duration.ofMinutes(10);

    private final OutboxBatches batches;
    private final RelayLeases leases;
    private final EventProducer producer;
    private final EventCodec codec;
    private final Topics topics;
    private final Traces traces;

    private final UUID holder = UUID.randomUUID();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = new Thread(this::work, "outbox-relay");
    private volatile boolean stopping;
    private volatile long lastTurn = System.nanoTime();

    OutboxRelay(
            OutboxBatches batches,
            RelayLeases leases,
            EventProducer producer,
            EventCodec codec,
            Topics topics,
            Traces traces) {
        this.batches = batches;
        this.leases = leases;
        this.producer = producer;
        this.codec = codec;
        this.topics = topics;
        this.traces = traces;
    }

    void start(@Observes StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    void onWritten(@Observes(during = TransactionPhase.AFTER_SUCCESS) Written written) {
        wake.release();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(Duration.ofSeconds(5).toMillis());
    }

    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.named("relay")
                .status(thread.isAlive() && System.nanoTime() - lastTurn < HANGS_AFTER.toNanos())
                .build();
    }

    private void work() {
        Duration pause = POLL;
        while (!stopping) {
            lastTurn = System.nanoTime();
            try {
                boolean sent = publishNext();
                pause = POLL;
                if (!sent) {
                    rest(pause);
                }
            } catch (RuntimeException broken) {
                if (!stopping) {
                    Log.warnf("waiting relay=outbox seconds=%.1f: %s", pause.toMillis() / 1000.0, broken.getMessage());
                    rest(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        }
        release();
    }

    /** True if there was something to send and it was sent, so that more may wait. */
    private boolean publishNext() {
        List<Letter> letters = batches.next();
        if (letters.isEmpty() || !leases.acquire(holder)) {
            return false;
        }
        letters.forEach(letter -> CrashPoint.pass("relay.before-send", letter.topic() + " " + letter.key()));
        Delivery delivery = send(letters);
        letters.forEach(letter -> CrashPoint.pass("relay.after-ack", letter.topic() + " " + letter.key()));
        batches.settle(delivery.outcomes);
        if (delivery.failure != null) {
            throw delivery.failure;
        }
        return true;
    }

    private Delivery send(List<Letter> letters) {
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        Delivery delivery = new Delivery();
        for (Letter letter : letters) {
            try (Traces.Step step = traces.publication(letter.topic(), letter.traceparent(), letter.createdAt())) {
                answers.add(producer.submit(codec.encode(
                        topics.prefixed(letter.topic()),
                        letter.key(),
                        new EventCodec.Envelope(
                                letter.eventId(),
                                letter.type(),
                                letter.subject(),
                                letter.data(),
                                step.traceparent()))));
            } catch (KafkaException refused) {
                delivery.failure = refused;
                break;
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            delivery.take(letters.get(i), answers.get(i));
        }
        return delivery;
    }

    /** What became of a batch, and the last failure that is worth another try. */
    private static final class Delivery {
        private final List<Outcome> outcomes = new ArrayList<>();
        private KafkaException failure;

        private void take(Letter letter, Future<RecordMetadata> answer) {
            try {
                RecordMetadata there = EventProducer.await(answer);
                outcomes.add(new Outcome.Sent(letter, there.partition(), there.offset()));
            } catch (RecordTooLargeException never) {
                Log.errorf(never, "parked outbox=%d type=%s key=%s", letter.id(), letter.type(), letter.key());
                outcomes.add(new Outcome.Unsendable(letter, never.getMessage()));
            } catch (KafkaException refused) {
                failure = refused;
            }
        }
    }

    private void rest(Duration pause) {
        try {
            if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException stopped) {
            stopping = true;
        }
    }

    private void release() {
        try {
            leases.release(holder);
        } catch (RuntimeException unreachable) {
            Log.debugf("left the relay's lease to expire: %s", unreachable.getMessage());
        }
    }
}
