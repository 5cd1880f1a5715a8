package io.vedette.standalone.picture;

import java.nio.file.Path;

/**
 * What a model said of one test image.
 *
 * @param image the image's file
 * @param anomalous what it shows in truth
 * @param saidAnomalous what the model said
 * @param confidence in what it said, 0 to 1
 */
public record Verdict(Path image, boolean anomalous, boolean saidAnomalous, double confidence) {
    public boolean right() {
        return anomalous == saidAnomalous;
    }

    /** The confidence that it is an anomaly, 0 to 1. */
    public double anomalyConfidence() {
        return saidAnomalous ? confidence : 1 - confidence;
    }
}
