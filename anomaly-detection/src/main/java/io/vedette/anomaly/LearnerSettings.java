package io.vedette.anomaly;

import java.util.Set;

/**
 * @param backbone name of the feature network
 * @param imageSide the long side that photographs are brought to, in pixels
 * @param seed of all randomness
 * @param threads of PyTorch
 * @param device {@code cpu}, {@code gpu} or {@code auto}
 * @param learner {@code auto} for the best of those that fit the examples, or the name of one
 */
public record LearnerSettings(String backbone, int imageSide, long seed, int threads, String device, String learner) {
    public static final String AUTO = "auto";
    /** Those that take labelled anomalies, then those that learn from normals alone. */
    public static final Set<String> LEARNERS =
            Set.of("image-branch", "patch-head", "fused", "mahalanobis", "padim", "patchcore", "normals-ensemble");

    public LearnerSettings {
        if (!learner.equals(AUTO) && !LEARNERS.contains(learner))
            throw new IllegalArgumentException("there is no learner " + learner);
    }

    public LearnerSettings(String backbone, int imageSide, long seed, int threads, String device) {
        this(backbone, imageSide, seed, threads, device, AUTO);
    }

    public LearnerSettings withLearner(String name) {
        return new LearnerSettings(backbone, imageSide, seed, threads, device, name);
    }

    public LearnerSettings withSeed(long other) {
        return new LearnerSettings(backbone, imageSide, other, threads, device, learner);
    }
}
