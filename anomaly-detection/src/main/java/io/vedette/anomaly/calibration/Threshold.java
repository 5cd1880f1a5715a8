package io.vedette.anomaly.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Where to cut scores into normal and anomalous. */
public final class Threshold {
    private Threshold() {}

    /** The cut with the best F1; where several have it, the middle of the widest gap between neighbouring scores. */
    public static double bestF1(double[] scores, boolean[] anomalous) {
        int[] falling = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(i -> i)
                .toArray();
        long positives =
                IntStream.range(0, scores.length).filter(i -> anomalous[i]).count();
        double best = -1;
        double widest = -1;
        double threshold = scores[falling[0]];
        int hits = 0;
        for (int i = 0; i < falling.length; i++) {
            if (anomalous[falling[i]]) hits++;
            double here = scores[falling[i]];
            double below = i + 1 < falling.length ? scores[falling[i + 1]] : here;
            if (i + 1 < falling.length && here == below) continue;
            double f1 = 2.0 * hits / (i + 1 + positives);
            if (f1 > best || f1 == best && here - below > widest) {
                best = f1;
                widest = here - below;
                threshold = middle(below, here);
            }
        }
        return threshold;
    }

    /** More than {@code low}, unless they are the same: the scores' order must survive rounding. */
    private static double middle(double low, double high) {
        double middle = low + (high - low) / 2;
        return middle > low ? middle : high;
    }

    /** Linear between the two nearest scores. */
    public static double quantile(double[] scores, double share) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
