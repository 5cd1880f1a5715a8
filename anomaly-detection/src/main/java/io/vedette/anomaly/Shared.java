package io.vedette.anomaly;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What one learner has learned is kept for the next that would learn the very same, with the time that it took. */
final class Shared implements AutoCloseable {
    private record Kept(AutoCloseable value, long nanos) {}

    private final Map<String, Kept> kept = new HashMap<>();
    private long savedNanos;

    /**
     * @param what name of it; always of the same type
     * @param learning how to learn it, unless it is there already
     * @return owned by this
     */
    @SuppressWarnings("unchecked")
    <T extends AutoCloseable> T once(String what, Supplier<T> learning) {
        Kept before = kept.get(what);
        if (before != null) {
            savedNanos += before.nanos;
            return (T) before.value;
        }
        long start = System.nanoTime();
        T value = learning.get();
        kept.put(what, new Kept(value, System.nanoTime() - start));
        return value;
    }

    /** How much time was saved so far by not learning things again. */
    long savedNanos() {
        return savedNanos;
    }

    @Override
    public void close() {
        for (Kept of : kept.values()) {
            try {
                of.value.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        kept.clear();
    }
}
