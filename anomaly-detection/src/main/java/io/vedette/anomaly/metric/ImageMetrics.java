package io.vedette.anomaly.metric;

public record ImageMetrics(
        double precision,
        double recall,
        double f1,
        double rocAuc,
        double averagePrecision,
        int tp,
        int fp,
        int tn,
        int fn) {
    public static ImageMetrics of(double[] scores, boolean[] anomalous, double threshold) {
        throw new UnsupportedOperationException("nothing is measured yet");
    }
}
