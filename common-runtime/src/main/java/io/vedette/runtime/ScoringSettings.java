package io.vedette.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** How images are scored. */
@ConfigMapping(prefix = "vedette")
public interface ScoringSettings {
    /** Threads of PyTorch; all cores where empty. */
    OptionalInt threads();

    /** {@code cpu}, {@code gpu} or {@code auto}. */
    @WithDefault("auto")
    String device();

    default int threadCount() {
        return threads().orElse(Runtime.getRuntime().availableProcessors());
    }
}
