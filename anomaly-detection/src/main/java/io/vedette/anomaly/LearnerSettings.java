package io.vedette.anomaly;

import java.nio.file.Path;
import java.util.List;

/**
 * @param backbone name of the feature network
 * @param imageSide the long side that photographs are brought to, in pixels
 * @param seed of all randomness
 * @param threads of PyTorch
 * @param device {@code cpu}, {@code gpu} or {@code auto}, and after a slash the bytes of its memory to plan with
 * @param precision {@code float32}, or {@code auto}: float16 on a GPU if hardly a score moves by it
 * @param learner {@code auto} for the best of those that fit the examples, or the name of one
 * @param copies how many variations of each photograph are learned from too
 * @param patchSteps how many steps the patch head is trained for
 * @param scratch a folder for files of up to a few GB that last as long as the training
 */
public record LearnerSettings(
        String backbone,
        int imageSide,
        long seed,
        int threads,
        String device,
        String precision,
        String learner,
        int copies,
        int patchSteps,
        Path scratch) {
    public static final String AUTO = "auto";
    /** No GPU was seen to gain by less: see docs/benchmarks.md. */
    public static final String FLOAT32 = "float32";

    /** Cross-validation found no use in variations: see docs/benchmarks.md. */
    public static final int COPIES = 0;

    public static final int PATCH_STEPS = 120;
    private static final int LEAST_PATCH_STEPS = 10;
    /** Those that take labelled anomalies, then those that learn from normals alone. */
    public static final List<String> LEARNERS =
            List.of("image-branch", "patch-head", "fused", "mahalanobis", "padim", "patchcore", "normals-ensemble");

    public LearnerSettings {
        if (!precision.equals(AUTO) && !precision.equals(FLOAT32))
            throw new IllegalArgumentException("the precision is float32 or auto, not " + precision);
        if (!learner.equals(AUTO) && !LEARNERS.contains(learner))
            throw new IllegalArgumentException("there is no learner " + learner);
        if (copies < 0) throw new IllegalArgumentException("there cannot be " + copies + " variations");
        if (patchSteps < LEAST_PATCH_STEPS)
            throw new IllegalArgumentException("the patch head takes at least " + LEAST_PATCH_STEPS + " steps");
    }

    public LearnerSettings(String backbone, int imageSide, long seed, int threads, String device) {
        this(
                backbone,
                imageSide,
                seed,
                threads,
                device,
                FLOAT32,
                AUTO,
                COPIES,
                PATCH_STEPS,
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    public LearnerSettings withBackbone(String other) {
        return new LearnerSettings(
                other, imageSide, seed, threads, device, precision, learner, copies, patchSteps, scratch);
    }

    public LearnerSettings withPrecision(String other) {
        return new LearnerSettings(
                backbone, imageSide, seed, threads, device, other, learner, copies, patchSteps, scratch);
    }

    public LearnerSettings withLearner(String name) {
        return new LearnerSettings(
                backbone, imageSide, seed, threads, device, precision, name, copies, patchSteps, scratch);
    }

    public LearnerSettings withSeed(long other) {
        return new LearnerSettings(
                backbone, imageSide, other, threads, device, precision, learner, copies, patchSteps, scratch);
    }

    public LearnerSettings withCopies(int count) {
        return new LearnerSettings(
                backbone, imageSide, seed, threads, device, precision, learner, count, patchSteps, scratch);
    }

    public LearnerSettings withPatchSteps(int count) {
        return new LearnerSettings(
                backbone, imageSide, seed, threads, device, precision, learner, copies, count, scratch);
    }

    public LearnerSettings withScratch(Path folder) {
        return new LearnerSettings(
                backbone, imageSide, seed, threads, device, precision, learner, copies, patchSteps, folder);
    }
}
