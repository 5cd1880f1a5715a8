package io.vedette.anomaly;

/**
 * @param backbone name of the feature network
 * @param imageSide the long side that photographs are brought to, in pixels
 * @param seed of all randomness
 * @param threads of PyTorch
 * @param device {@code cpu}, {@code gpu} or {@code auto}
 */
public record LearnerSettings(String backbone, int imageSide, long seed, int threads, String device) {}
