package io.vedette.runtime;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalInt;

/** How images are scored. */
@ConfigMapping(prefix = "vedette")
public interface ScoringSettings {
    /** Threads of PyTorch; all cores where empty. */
    OptionalInt threads();

    /** {@code cpu}, {@code gpu} or {@code auto}. */
    @WithDefault("auto")
    String device();

    /** How much of a GPU's memory a pass through the network is planned with; all that is free where empty. */
    Optional<MemorySize> gpuMemory();

    /** The trainer's; only a file or an S3 address matters here, built-in networks are found by what the model says. */
    @WithDefault("inception-v3")
    String backbone();

    /** The device, and after a slash the bytes of its memory where they are limited. */
    default String place() {
        return device() + gpuMemory().map(size -> "/" + size.asLongValue()).orElse("");
    }

    default int threadCount() {
        return threads().orElse(Runtime.getRuntime().availableProcessors());
    }
}
