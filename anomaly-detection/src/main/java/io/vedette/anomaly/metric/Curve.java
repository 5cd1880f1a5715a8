package io.vedette.anomaly.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each possible threshold would give: the ROC curve and the curve of precision over recall at once.
 *
 * @param points one for each score that occurs, from the highest down; before the first lies recall 0, no false positive
 */
public record Curve(List<Point> points) {

    /**
     * @param threshold scores from here on are called anomalous
     * @param truePositives anomalies among those
     * @param falsePositives normal images among those
     * @param recall truePositives of all anomalies, 0 if there are none: the true positive rate of the ROC curve
     * @param falsePositiveRate falsePositives of all normal images, 0 if there are none
     * @param precision truePositives of all that are called anomalous
     */
    public record Point(
            double threshold,
            int truePositives,
            int falsePositives,
            double recall,
            double falsePositiveRate,
            double precision) {
        /** The harmonic mean of precision and recall; 0 where both are. */
        public double f1() {
            return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }
    }

    /**
     * @param scores n, higher for anomalies
     * @param anomalous n labels
     * @throws IllegalArgumentException if the lengths differ or a score is not a number
     */
    public static Curve of(double[] scores, boolean[] anomalous) {
        if (scores.length != anomalous.length)
            throw new IllegalArgumentException("as many labels as scores are needed");
        if (Arrays.stream(scores).anyMatch(Double::isNaN))
            throw new IllegalArgumentException("a score is not a number");
        int[] falling = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .mapToInt(i -> i)
                .toArray();
        int positives = (int)
                IntStream.range(0, scores.length).filter(i -> anomalous[i]).count();
        List<Point> points = new ArrayList<>();
        int hits = 0;
        for (int i = 0; i < falling.length; i++) {
            if (anomalous[falling[i]]) hits++;
            double here = scores[falling[i]];
            if (i + 1 == falling.length || scores[falling[i + 1]] != here)
                points.add(point(here, hits, i + 1, positives, scores.length - positives));
        }
        return new Curve(List.copyOf(points));
    }

    private static Point point(double threshold, int hits, int called, int positives, int negatives) {
        int alarms = called - hits;
        double recall = positives == 0 ? 0 : (double) hits / positives;
        double falsely = negatives == 0 ? 0 : (double) alarms / negatives;
        return new Point(threshold, hits, alarms, recall, falsely, (double) hits / called);
    }

    /** The highest F1 that any threshold gives; 0 without anomalies. Known only with the labels: never a threshold to use. */
    public double bestF1() {
        return points.stream().mapToDouble(Point::f1).max().orElse(0);
    }
}
