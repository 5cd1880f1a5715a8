package io.vedette.inference;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How many calls a model may have in the house: for each inference unit one at work and a few that wait. There is no more to
 * it, so resizing a model takes effect with the next call.
 */
@Singleton
final class Places {
    private final InferenceSettings settings;
    private final Map<ModelKey, Integer> taken = new HashMap<>();

    Places(InferenceSettings settings) {
        this.settings = settings;
    }

    /** @throws Overloaded if there is no place */
    <T> T within(ModelKey model, int units, Supplier<T> work) {
        take(model, units);
        try {
            return work.get();
        } finally {
            leave(model);
        }
    }

    /** Waits until there is no call in the house, of whatever model, or until the time is over. */
    synchronized boolean areEmptyWithin(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toMillis(); !taken.isEmpty() && left > 0; ) {
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return taken.isEmpty();
    }

    private synchronized void take(ModelKey model, int units) {
        int before = taken.getOrDefault(model, 0);
        if (before >= (long) units * (1 + settings.queue())) {
            throw new Overloaded(units);
        }
        taken.put(model, before + 1);
    }

    private synchronized void leave(ModelKey model) {
        taken.computeIfPresent(model, (key, count) -> count == 1 ? null : count - 1);
        if (taken.isEmpty()) {
            notifyAll();
        }
    }
}
