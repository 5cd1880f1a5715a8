package io.vedette.trainer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vedette.anomaly.LearnerSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** How models are learned. */
@ConfigMapping(prefix = "vedette")
interface LearningSettings {
    /** The network whose features are learned on. */
    @WithDefault("inception-v3")
    String backbone();

    /** The long side that photographs are brought to, in pixels. */
    @WithDefault("384")
    int imageSide();

    @WithDefault("0")
    long seed();

    /** Threads of PyTorch; all cores where empty. */
    OptionalInt threads();

    /** {@code cpu}, {@code gpu} or {@code auto}. */
    @WithDefault("auto")
    String device();

    /** How much of a GPU's memory a pass through the network is planned with; all that is free where empty. */
    Optional<MemorySize> gpuMemory();

    /** {@code float32}, or {@code auto}: float16 on a GPU if hardly a score moves by it. */
    @WithDefault("float32")
    String precision();

    /** How many variations of each photograph are learned from too; each is another pass through the network. */
    @WithDefault("0")
    int variations();

    /** How many steps the patch head is trained for; the time for patches grows with them. */
    @WithDefault("120")
    int patchSteps();

    /** For tests: nothing is learned, the model in this folder is given instead ({@link Rehearsal}). */
    Optional<Path> rehearsal();

    /** The device, and after a slash the bytes of its memory where they are limited. */
    default String place() {
        return device() + gpuMemory().map(size -> "/" + size.asLongValue()).orElse("");
    }

    default LearnerSettings learner() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new LearnerSettings(backbone(), imageSide(), seed(), threads().orElse(cores), place())
                .withPrecision(precision())
                .withCopies(variations())
                .withPatchSteps(patchSteps());
    }
}
