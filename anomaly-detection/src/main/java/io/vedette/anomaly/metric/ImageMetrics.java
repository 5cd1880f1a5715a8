package io.vedette.anomaly.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How good scores are against labels. What would be 0/0 is 0.
 *
 * @param precision at the threshold
 * @param recall at the threshold
 * @param f1 at the threshold
 * @param rocAuc the chance that an anomaly scores higher than a normal image, ties counting half
 * @param averagePrecision the area under precision over recall by steps, as scikit-learn has it
 * @param tp anomalies at or above the threshold
 * @param fp normal images at or above the threshold
 * @param tn normal images below it
 * @param fn anomalies below it
 */
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

    /**
     * @param scores n, higher for anomalies
     * @param anomalous n labels
     * @throws IllegalArgumentException if the lengths differ or a score or the threshold is not a number
     */
    public static ImageMetrics of(double[] scores, boolean[] anomalous, double threshold) {
        if (scores.length != anomalous.length)
            throw new IllegalArgumentException("as many labels as scores are needed");
        if (Double.isNaN(threshold) || Arrays.stream(scores).anyMatch(Double::isNaN))
            throw new IllegalArgumentException("a score or the threshold is not a number");
        int[][] counts = new int[2][2];
        for (int i = 0; i < scores.length; i++) counts[anomalous[i] ? 1 : 0][scores[i] >= threshold ? 1 : 0]++;
        int tp = counts[1][1];
        int fp = counts[0][1];
        int fn = counts[1][0];
        double[] areas = areas(scores, anomalous);
        return new ImageMetrics(
                ratio(tp, tp + fp),
                ratio(tp, tp + fn),
                ratio(2.0 * tp, 2 * tp + fp + fn),
                areas[0],
                areas[1],
                tp,
                fp,
                counts[0][0],
                fn);
    }

    /** Where each share lies with 95 % confidence. */
    public Intervals intervals() {
        return new Intervals(
                Interval.wilson(tp, tp + fp),
                Interval.wilson(tp, tp + fn),
                Interval.wilson(tn, tn + fp),
                Interval.wilson(tp + tn, tp + tn + fp + fn));
    }

    /**
     * @param specificity of the share of normal images that are below the threshold
     * @param accuracy of the share of images that are on their side of it
     */
    public record Intervals(Interval precision, Interval recall, Interval specificity, Interval accuracy) {}

    /** From the highest score down, equal scores taken together: the area under ROC, and the average precision. */
    private static double[] areas(double[] scores, boolean[] anomalous) {
        int[] falling = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .mapToInt(i -> i)
                .toArray();
        long positives =
                IntStream.range(0, scores.length).filter(i -> anomalous[i]).count();
        long negatives = scores.length - positives;
        double wins = 0;
        double steps = 0;
        long hits = 0;
        for (int i = 0; i < falling.length; ) {
            int from = i;
            long before = hits;
            for (; i < falling.length && scores[falling[i]] == scores[falling[from]]; i++)
                if (anomalous[falling[i]]) hits++;
            double beaten = negatives - (i - hits);
            double tied = i - from - (hits - before);
            wins += (hits - before) * (beaten + tied / 2);
            steps += (hits - before) * ((double) hits / i);
        }
        return new double[] {ratio(wins, (double) positives * negatives), ratio(steps, positives)};
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
