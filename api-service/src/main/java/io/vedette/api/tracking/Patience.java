package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.persistence.DatabaseTrouble;
import java.time.Duration;

/** Tells a database that is down, which is waited for, from a record that can never be applied. */
final class Patience {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Patience() {}

    /** Runs {@code effect} until it succeeds, or fails in a way that waiting does not heal. */
    static void untilApplied(Runnable effect) {
        for (long pause = 100; ; pause = Math.min(2 * pause, LONGEST_PAUSE.toMillis())) {
            try {
                effect.run();
                return;
            } catch (RuntimeException failure) {
                if (!DatabaseTrouble.isPassing(failure)) {
                    throw failure;
                }
                Log.warnf("waiting for the database milliseconds=%d: %s", pause, failure.getMessage());
                rest(pause, failure);
            }
        }
    }

    private static void rest(long pause, RuntimeException failure) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
