package io.vedette.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** How long each stage of a detection takes, as a histogram. */
@Singleton
final class Stages {
    private final Map<Stage, Timer> timers = new EnumMap<>(Stage.class);

    enum Stage {
        DECODE,
        BACKBONE,
        HEAD,
        ENCODE
    }

    Stages(MeterRegistry meters) {
        for (Stage stage : Stage.values()) {
            timers.put(
                    stage,
                    Timer.builder("vedette.inference.stage")
                            .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(
                                    Duration.ofMillis(1),
                                    Duration.ofMillis(3),
                                    Duration.ofMillis(10),
                                    Duration.ofMillis(30),
                                    Duration.ofMillis(100),
                                    Duration.ofMillis(300),
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(3))
                            .register(meters));
        }
    }

    void took(Stage stage, long nanos) {
        timers.get(stage).record(Duration.ofNanos(nanos));
    }

    <T> T time(Stage stage, Supplier<T> work) {
        return timers.get(stage).record(work);
    }
}
