package io.vedette.anomaly.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many scores of each class fall where.
 *
 * @param edges rising, one more than there are bins; a bin holds its lower edge but not its upper, the last bin both
 * @param normal images of each bin
 * @param anomalous images of each bin
 */
public record Histogram(List<Double> edges, List<Integer> normal, List<Integer> anomalous) {

    /**
     * Bins of equal width from the lowest score to the highest; a single bin of width 0 where all are the same.
     *
     * @param scores at least one
     * @throws IllegalArgumentException if the lengths differ or a score is not finite
     */
    public static Histogram of(double[] scores, boolean[] anomalous, int bins) {
        if (scores.length != anomalous.length || scores.length == 0)
            throw new IllegalArgumentException("as many labels as scores are needed, and one at least");
        if (!Arrays.stream(scores).allMatch(Double::isFinite))
            throw new IllegalArgumentException("a score is not finite");
        double low = Arrays.stream(scores).min().getAsDouble();
        double high = Arrays.stream(scores).max().getAsDouble();
        int used = high > low ? bins : 1;
        double[] edges = IntStream.rangeClosed(0, used)
                .mapToDouble(i -> i == used ? high : low + (high - low) * i / used)
                .toArray();
        int[][] counts = new int[2][used];
        for (int i = 0; i < scores.length; i++) counts[anomalous[i] ? 1 : 0][bin(edges, scores[i])]++;
        return new Histogram(
                Arrays.stream(edges).boxed().toList(),
                Arrays.stream(counts[0]).boxed().toList(),
                Arrays.stream(counts[1]).boxed().toList());
    }

    private static int bin(double[] edges, double score) {
        int last = edges.length - 2;
        int bin = last;
        while (bin > 0 && score < edges[bin]) bin--;
        return bin;
    }
}
