package io.vedette.anomaly;

import java.util.Optional;

/**
 * What a model says of a photograph.
 *
 * @param anomalous {@code score >= threshold}
 * @param confidence in the verdict, 0.5 to 1
 * @param heat empty if the model knows only whole photographs
 * @param defects of the photograph's own size; there for a model that was trained with masks
 */
public record Verdict(
        boolean anomalous,
        double confidence,
        double score,
        double threshold,
        HeatMap heat,
        Optional<DefectMask> defects) {
    /** Of a model that knows only whole photographs. */
    public Verdict(boolean anomalous, double confidence, double score, double threshold) {
        this(anomalous, confidence, score, threshold, HeatMap.NONE, Optional.empty());
    }
}
