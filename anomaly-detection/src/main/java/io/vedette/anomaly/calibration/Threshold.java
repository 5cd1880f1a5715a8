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

    /**
     * The cut with the best F1 follows single scores where there are few. So of all cuts whose F1 is at most half a standard
     * error below the best this takes the one nearest to where both classes' means are equally many deviations away, or that
     * point itself if it is such a cut. Where the classes do not overlap it is {@link #bestF1}.
     *
     * @param scores that held-out examples got, of both classes
     */
    public static double steadyF1(double[] scores, boolean[] anomalous) {
        double best = bestF1(scores, anomalous);
        double most = f1(scores, anomalous, best);
        double[] high = of(scores, anomalous, true);
        double[] low = of(scores, anomalous, false);
        if (most == 1 || Blend.mean(high) <= Blend.mean(low)) return best;
        double enough = most - Math.sqrt(most * (1 - most) / high.length) / 2;
        double wide = Blend.deviation(high) + Blend.deviation(low);
        double middle = (Blend.mean(high) * Blend.deviation(low) + Blend.mean(low) * Blend.deviation(high)) / wide;
        if (f1(scores, anomalous, middle) >= enough) return middle;
        double[] rising = scores.clone();
        Arrays.sort(rising);
        double nearest = best;
        for (int i = 1; i < rising.length; i++) {
            double cut = middle(rising[i - 1], rising[i]);
            if (Math.abs(cut - middle) < Math.abs(nearest - middle) && f1(scores, anomalous, cut) >= enough)
                nearest = cut;
        }
        return nearest;
    }

    private static double[] of(double[] scores, boolean[] anomalous, boolean wanted) {
        return IntStream.range(0, scores.length)
                .filter(i -> anomalous[i] == wanted)
                .mapToDouble(i -> scores[i])
                .toArray();
    }

    private static double f1(double[] scores, boolean[] anomalous, double threshold) {
        int hits = 0;
        int sum = 0; // of those called anomalous and those that are
        for (int i = 0; i < scores.length; i++) {
            boolean called = scores[i] >= threshold;
            if (called) sum++;
            if (anomalous[i]) sum++;
            if (called && anomalous[i]) hits++;
        }
        return sum == 0 ? 0 : 2.0 * hits / sum;
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
