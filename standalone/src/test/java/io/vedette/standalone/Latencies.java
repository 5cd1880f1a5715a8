package io.vedette.standalone;

import java.util.Arrays;

/**
 * How long calls took.
 *
 * @param perSecond calls, of all clients together
 * @param nanos of each call, sorted
 */
record Latencies(double perSecond, long[] nanos) {
    static Latencies of(long[] nanos, long wallNanos) {
        return of(nanos, nanos.length / (wallNanos / 1e9));
    }

    static Latencies of(long[] nanos, double perSecond) {
        Arrays.sort(nanos);
        return new Latencies(perSecond, nanos);
    }

    int calls() {
        return nanos.length;
    }

    /** Calls a second, and the latencies that a half and a hundredth exceed, in milliseconds. */
    String row() {
        return String.format("%.0f | %.1f | %.1f", perSecond, millis(0.5), millis(0.99));
    }

    private double millis(double share) {
        return nanos[(int) Math.ceil(share * nanos.length) - 1] / 1e6;
    }
}
