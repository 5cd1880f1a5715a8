package io.vedette.runtime;

import java.time.Duration;

/** Keeps a trouble that lasts from filling the log: it is told when it begins or changes, and once a minute. */
public final class Complaint {
    private static final long AGAIN = Duration.ofMinutes(1).toNanos();

    private String last = "";
    private long toldAt;

    /** Whether it is time to tell this. */
    public synchronized boolean isDue(String trouble) {
        long now = System.nanoTime();
        if (trouble.equals(last) && now - toldAt < AGAIN) {
            return false;
        }
        last = trouble;
        toldAt = now;
        return true;
    }
}
