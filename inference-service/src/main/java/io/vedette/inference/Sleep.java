package io.vedette.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Gives back the memory of models that nobody asks for, where that is wanted. They stay hosted: the next call wakes them. */
@Singleton
final class Sleep {
    private static final Duration LONGEST_NAP = Duration.ofSeconds(10);

    private final ModelCache models;
    private final InferenceSettings settings;
    private final Counter slept;

    Sleep(ModelCache models, InferenceSettings settings, MeterRegistry meters) {
        this.models = models;
        this.settings = settings;
        this.slept = meters.counter("vedette.inference.slept");
    }

    void start(@Observes StartupEvent started) {
        settings.sleepAfter().ifPresent(after -> {
            if (after.isZero() || after.isNegative()) {
                throw new IllegalStateException("vedette.inference.sleep-after must be longer than " + after);
            }
            Thread thread = new Thread(() -> watch(after), "sleep");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void watch(Duration after) {
        Duration quarter = after.dividedBy(4);
        Duration nap = quarter.compareTo(LONGEST_NAP) < 0 ? quarter : LONGEST_NAP;
        try {
            while (true) {
                Thread.sleep(Math.max(1, nap.toMillis()));
                slept.increment(models.forgetIdle(after));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
