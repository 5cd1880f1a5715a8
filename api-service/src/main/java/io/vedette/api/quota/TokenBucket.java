package io.vedette.api.quota;

import java.time.Duration;
import java.util.Optional;

/** Fills at a steady rate and holds a second's worth; each request takes one out. */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private double tokens;
    private long filledAt;

    /** Full. */
    TokenBucket(int rate, long now) {
        this.tokens = rate;
        this.filledAt = now;
    }

    /**
     * Takes one out, if there is one.
     *
     * @param rate per second
     * @param now in nanoseconds, of a clock that never goes back
     * @return how long it takes until there is one; empty if this one was taken
     */
    synchronized Optional<Duration> take(int rate, long now) {
        tokens = Math.min(rate, tokens + (now - filledAt) / NANOS * rate);
        filledAt = now;
        if (tokens < 1) {
            return Optional.of(Duration.ofNanos((long) Math.ceil((1 - tokens) / rate * NANOS)));
        }
        tokens--;
        return Optional.empty();
    }
}
