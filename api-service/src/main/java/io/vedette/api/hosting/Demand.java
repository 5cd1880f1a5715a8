package io.vedette.api.hosting;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many inference units each model has at this moment: one for each call that is in this replica's house, between the
 * model's Min and Max. They are there with the call that needs them, and go once fewer were enough for a while. Nothing of it
 * is stored: after a restart a model begins with its Min.
 */
@Singleton
class Demand {
    private final long quiet;
    private final LongSupplier clock;
    private final Map<UUID, Level> levels = new ConcurrentHashMap<>();

    @jakarta.inject.Inject
    Demand(InferenceSettings settings) {
        this(settings.scaleDownAfter().toNanos(), System::nanoTime);
    }

    /** @param clock in nanoseconds, as {@code quiet} */
    Demand(long quiet, LongSupplier clock) {
        this.quiet = quiet;
        this.clock = clock;
    }

    /** A call enters. @return the units that the model has with it, {@code least} to {@code most} */
    int enter(UUID model, int least, int most) {
        return levels.computeIfAbsent(model, key -> new Level()).enter(least, most);
    }

    /** For each {@link #enter}, once the call has its answer. */
    void leave(UUID model) {
        levels.get(model).leave();
    }

    /** The units that the model has now. */
    int units(UUID model, int least, int most) {
        Level level = levels.get(model);
        return level == null ? least : level.units(least, most);
    }

    private final class Level {
        private int calls;
        private int units;
        /** The most calls at once since the units were last all needed. */
        private int peak;

        private long neededAt = clock.getAsLong();

        synchronized int enter(int least, int most) {
            settle();
            calls++;
            peak = Math.max(peak, calls);
            if (Math.min(calls, most) >= units) {
                need(Math.min(calls, most));
            }
            return within(least, most);
        }

        synchronized void leave() {
            boolean allNeeded = calls >= units;
            calls--;
            if (allNeeded) {
                need(units);
            }
        }

        synchronized int units(int least, int most) {
            settle();
            return within(least, most);
        }

        private void settle() {
            if (clock.getAsLong() - neededAt > quiet) {
                need(Math.min(units, peak));
            }
        }

        private void need(int now) {
            units = now;
            peak = calls;
            neededAt = clock.getAsLong();
        }

        private int within(int least, int most) {
            return Math.max(least, Math.min(most, units));
        }
    }
}
