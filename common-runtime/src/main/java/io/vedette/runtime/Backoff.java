package io.vedette.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits twice as long each time, from 250 ms up to 10 s; a stop ends every wait at once. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final CountDownLatch stopped;
    private final Duration longest;
    private Duration next = FIRST;

    Backoff(CountDownLatch stopped) {
        this(stopped, LONGEST);
    }

    Backoff(CountDownLatch stopped, Duration longest) {
        this.stopped = stopped;
        this.longest = longest;
    }

    /** True if it waited; false if there is a stop. */
    boolean pause() {
        Duration wait = next;
        next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
        try {
            return !stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void reset() {
        next = FIRST;
    }
}
