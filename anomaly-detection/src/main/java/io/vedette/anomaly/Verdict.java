package io.vedette.anomaly;

/**
 * What a model says of a photograph.
 *
 * @param anomalous {@code score >= threshold}
 * @param confidence in the verdict, 0.5 to 1
 */
public record Verdict(boolean anomalous, double confidence, double score, double threshold) {}
