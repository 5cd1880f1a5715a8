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
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
        long claimedAt = System.nanoTime();
        List<Letter> letters = batches.claim(holder);
        if (letters.isEmpty()) {
            return false;
        }
        letters.forEach(letter -> CrashPoint.pass("relay.before-send", letter.topic() + " " + letter.key()));
        if (System.nanoTime() - claimedAt > RelayLeases.MOST_UNUSED.toNanos()) {
            return true; // this process stood still: another may have sent these, and what comes after them
        }
        Delivery delivery = courier.deliver(letters, () -> batches.renew(holder));
        letters.forEach(letter -> CrashPoint.pass("relay.after-ack", letter.topic() + " " + letter.key()));
        batches.settle(delivery.outcomes(), holder);
        if (delivery.failure().isPresent()) {
            throw delivery.failure().get();
        }
        return true;
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
