package io.vedette.runtime;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** How a run waits for an object store that is away: for five minutes, asking more and more seldom. */
public final class StorePatience {
    private static final Logger LOG = Logger.getLogger(StorePatience.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final UUID run;
    private final CountDownLatch stopped;
    private final Runnable checkStop;

    /**
     * @param stopped ends every wait at once
     * @param checkStop throws if the run is to stop
     */
    public StorePatience(UUID run, CountDownLatch stopped, Runnable checkStop) {
        this.run = run;
        this.stopped = stopped;
        this.checkStop = checkStop;
    }

    public <T> T ask(Supplier<T> request) {
        Backoff backoff = new Backoff(stopped);
        long giveUpAt = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            checkStop.run();
            try {
                return request.get();
            } catch (ObjectStoreException.Unavailable unavailable) {
                if (System.nanoTime() > giveUpAt) {
                    throw unavailable;
                }
                LOG.warnf("waiting for the object store run=%s: %s", run, unavailable.getMessage());
                backoff.pause();
            }
        }
    }
}
