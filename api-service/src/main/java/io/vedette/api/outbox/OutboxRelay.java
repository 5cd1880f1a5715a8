package io.vedette.api.outbox;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.outbox.Courier.Delivery;
import io.vedette.persistence.Outbox.Letter;
import io.vedette.persistence.Outbox.Written;
import io.vedette.runtime.CrashPoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Publishes the outbox: reads a batch, sends it, waits for the acknowledgements, marks it. One replica does so at a time,
 * so that the events of a key stay in order. A crash before the mark sends again, under the same event id.
 */
@ApplicationScoped
class OutboxRelay {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A batch for a broker that is away takes half a minute at most ({@link Courier}). */
    private static final Duration HANGS_AFTER = Duration.ofMinutes(10);

    private final OutboxBatches batches;
    private final Courier courier;

    private final UUID holder = UUID.randomUUID();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = new Thread(this::work, "outbox-relay");
    /** Topics that the last batch found no way to. */
    private Set<String> unreachable = Set.of();

    private volatile boolean stopping;
    private volatile long lastTurn = System.nanoTime();

    OutboxRelay(OutboxBatches batches, Courier courier) {
        this.batches = batches;
        this.courier = courier;
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
        Thread.interrupted(); // what is left to do takes no time, and is not to be cut short
        courier.close();
        release();
    }

    /** True if there was something to send and it was sent, so that more may wait. */
    private boolean publishNext() {
        Hold hold = new Hold();
        Set<String> leftOut = unreachable;
        unreachable = Set.of();
        List<Letter> letters = batches.claim(holder, leftOut);
        if (letters.isEmpty()) {
            return false;
        }
        letters.forEach(letter -> CrashPoint.pass("relay.before-send", letter.topic() + " " + letter.key()));
        Delivery delivery = courier.deliver(letters, hold);
        delivery.sent().forEach(letter -> CrashPoint.pass("relay.after-ack", letter.topic() + " " + letter.key()));
        batches.settle(delivery.outcomes(), holder);
        // Left out of the next batch, so that what waits for such a topic keeps nothing of the others back, however
        // much it is.
        unreachable = delivery.unreachable();
        if (delivery.failure().isPresent()) {
            throw delivery.failure().get();
        }
        return true;
    }

    /**
     * Whether the lease of a batch is still ours: renewed before what is sent now could outlive it. Not so if this process
     * stood still, and another has sent the batch since, and what comes after it.
     */
    private final class Hold implements BooleanSupplier {
        private long since = System.nanoTime();

        @Override
        public boolean getAsBoolean() {
            long now = System.nanoTime();
            if (now - since <= RelayLeases.MOST_UNUSED.toNanos()) {
                return true;
            }
            since = now;
            try {
                return batches.renew(holder);
            } catch (RuntimeException unanswered) {
                Log.warnf("stopped in a batch relay=outbox: %s", unanswered.getMessage());
                return false;
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
            batches.release(holder);
        } catch (RuntimeException unreachable) {
            Log.debugf("left the relay's lease to expire: %s", unreachable.getMessage());
        }
    }
}
