package io.vedette.anomaly.calibration;

import io.vedette.anomaly.head.LogisticRegression;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * From a score to a verdict: P(anomaly) = 1 / (1 + exp(−slope · score − intercept)), anomalous from the threshold on.
 *
 * @param slope 0 or more
 */
public record Calibration(double threshold, double slope, double intercept) {

    /** Platt's: from scores that held-out examples of both classes got. */
    public static Calibration ofLabelled(double[] scores, boolean[] anomalous) {
        long positives =
                IntStream.range(0, scores.length).filter(i -> anomalous[i]).count();
        double high = (positives + 1.0) / (positives + 2);
        double low = 1.0 / (scores.length - positives + 2);
        double mean = Arrays.stream(scores).average().orElseThrow();
        double deviation = deviation(scores, mean);
        double[][] x = Arrays.stream(scores)
                .mapToObj(s -> new double[] {(s - mean) / deviation})
                .toArray(double[][]::new);
        double[] targets = IntStream.range(0, scores.length)
                .mapToDouble(i -> anomalous[i] ? high : low)
                .toArray();
        double[] shares = new double[scores.length];
        Arrays.fill(shares, 1);
        LogisticRegression fit = LogisticRegression.fit(x, targets, shares, 1e4);
        double slope = Math.max(0, fit.weights()[0] / deviation);
        double intercept = slope == 0 ? fit.bias() : fit.bias() - slope * mean;
        return new Calibration(Threshold.bestF1(scores, anomalous), slope, intercept);
    }

    /**
     * Without anomalies to learn from: the threshold is a quantile, and one deviation of the normals' scores beyond it
     * makes P 0.73.
     *
     * @param scores that held-out normals got
     */
    public static Calibration ofNormals(double[] scores, double quantile) {
        double threshold = Threshold.quantile(scores, quantile);
        double slope = 1 / deviation(scores, Arrays.stream(scores).average().orElseThrow());
        return new Calibration(threshold, slope, -slope * threshold);
    }

    private static double deviation(double[] scores, double mean) {
        double squares = Arrays.stream(scores)
                .map(s -> (s - mean) * (s - mean))
                .average()
                .orElseThrow();
        return squares > 1e-18 ? Math.sqrt(squares) : 1;
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
