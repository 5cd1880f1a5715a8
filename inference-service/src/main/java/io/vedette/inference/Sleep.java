package io.vedette.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Gives back the memory of models that nobody asks for, where that is wanted. They stay hosted: the next call wakes them. */
@Singleton
final class Sleep {
    private static final Duration LONGEST_NAP = Duration.ofSeconds(10);

    private final ModelCache models;
    private final Settings settings;
    private final Counter slept;

    Sleep(ModelCache models, Settings settings, MeterRegistry meters) {
        this.models = models;
        this.settings = settings;
        this.slept = meters.counter("vedette.inference.slept");
    }

    /** When models sleep. */
    @ConfigMapping(prefix = "vedette.inference")
    interface Settings {
        /** A model that nobody asked for this long leaves the memory, and the next call loads it again; never where empty. */
        Optional<Duration> sleepAfter();
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
