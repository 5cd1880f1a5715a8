package io.vedette.anomaly.calibration;

import io.vedette.anomaly.head.LogisticRegression;
import java.util.Arrays;

/**
 * From a score to a verdict: P(anomaly) = 1 / (1 + exp(−slope · score − intercept)), anomalous from the threshold on.
 *
 * @param slope 0 or more
 */
public record Calibration(double threshold, double slope, double intercept) {
    private static final double DEVIATIONS = 2;
    /** A normal distribution's deviation over its median distance to the median. */
    private static final double NORMAL_DEVIATION = 1.4826;

    /** Platt's, and the steady threshold: from scores that held-out examples of both classes got. */
    public static Calibration ofLabelled(double[] scores, boolean[] anomalous) {
        double mean = Blend.mean(scores);
        double deviation = Blend.deviation(scores);
        double[][] x = Arrays.stream(scores)
                .mapToObj(s -> new double[] {(s - mean) / deviation})
                .toArray(double[][]::new);
        LogisticRegression fit = LogisticRegression.fit(x, Platt.targets(anomalous), Platt.shares(anomalous), 1e4);
        double slope = Math.max(0, fit.weights()[0] / deviation);
        double intercept = slope == 0 ? fit.bias() : fit.bias() - slope * mean;
        return new Calibration(Threshold.steadyF1(scores, anomalous), slope, intercept);
    }

    /**
     * Without anomalies to learn from: the threshold is the median and two deviations, these estimated from the median
     * distance to the median. A quantile would follow the few odd pictures that every set has, out to where most anomalies
     * lie. One deviation beyond the threshold makes P 0.73.
     *
     * @param scores that held-out normals got
     */
    public static Calibration ofNormals(double[] scores) {
        double median = Threshold.quantile(scores, 0.5);
        double[] distances =
                Arrays.stream(scores).map(s -> Math.abs(s - median)).toArray();
        double deviation = NORMAL_DEVIATION * Threshold.quantile(distances, 0.5);
        boolean alike = deviation <= 1e-9 * Math.abs(median);
        double threshold = alike ? Arrays.stream(scores).max().orElseThrow() : median + DEVIATIONS * deviation;
        double slope = 1 / (alike ? Blend.deviation(scores) : deviation);
        return new Calibration(threshold, slope, -slope * threshold);
    }

    /** The same scores, judged at another threshold. */
    public Calibration at(double other) {
        return new Calibration(other, slope, intercept);
    }

    public boolean anomalous(double score) {
        return score >= threshold;
    }

    /**
     * P, moved piecewise linearly so that the threshold sits at 0.5, of what {@link #anomalous} says.
     *
     * @return 0.5 to 1
     */
    public double confidence(double score) {
        double p = LogisticRegression.sigmoid(slope * score + intercept);
        double middle = LogisticRegression.sigmoid(slope * threshold + intercept);
        double room = anomalous(score) ? 1 - middle : middle;
        double beyond = room > 0 ? Math.abs(p - middle) / room : 0;
        return Math.min(1, 0.5 + beyond / 2);
    }
}
