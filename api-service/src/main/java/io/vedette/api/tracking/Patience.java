package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
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
                if (!isPassing(failure)) {
                    throw failure;
                }
                Log.warnf("waiting for the database milliseconds=%d: %s", pause, failure.getMessage());
                rest(pause, failure);
            }
        }
    }

    /** True for a failure of the connection or the server, false for one of the data or the program. */
    static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                String state = refused.getSQLState();
                return state == null || !(state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RollbackException
                    || cause instanceof SystemException
                    || cause instanceof PersistenceException) {
                return true;
            }
        }
        return false;
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
