package io.vedette.anomaly;

import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.head.Head;
import io.vedette.anomaly.head.LabelledHead;
import io.vedette.anomaly.head.NormalsHead;
import io.vedette.anomaly.metric.ImageMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A head with what held-out training images say about it.
 *
 * @param outOfFold null where there are too few labelled anomalies to say
 */
record Learned(
        Head.Kind kind, Head head, Calibration calibration, int folds, ImageMetrics outOfFold, List<String> remarks) {
    static final int LEAST_ANOMALIES = 5;
    static final int LEAST_NORMALS = 2;
    private static final int MANY = 2000;
    private static final double NORMALS_QUANTILE = 0.99;

    /** @param pooled 3C float32 an image, in the order of the labels */
    static Learned from(List<float[]> pooled, boolean[] anomalous, long seed, Progress progress) {
        int anomalies = count(anomalous);
        return anomalies >= LEAST_ANOMALIES
                ? labelled(pooled, anomalous, seed, progress)
                : normalsOnly(pooled, anomalous, anomalies, seed, progress);
    }

    private static Learned labelled(List<float[]> pooled, boolean[] anomalous, long seed, Progress progress) {
        int scarce = Math.min(count(anomalous), anomalous.length - count(anomalous));
        Folds folds = Folds.stratified(anomalous, Math.min(scarce, anomalous.length > MANY ? 2 : 4), seed);
        Function<int[], Head> learn = rows -> LabelledHead.learn(pick(pooled, rows), pick(anomalous, rows));
        double[] scores = heldOut(pooled, folds, learn, progress);
        Head head = LabelledHead.learn(pooled, anomalous);
        progress.at("Learning", folds.count() + 1L, folds.count() + 1L);
        Calibration calibration = Calibration.ofLabelled(scores, anomalous);
        ImageMetrics metrics = ImageMetrics.of(scores, anomalous, calibration.threshold());
        List<String> remarks = new ArrayList<>();
        if (metrics.rocAuc() < chance(anomalous))
            remarks.add("The model does no better than chance on held-out training images:"
                    + " check the labels, or whether the anomalies can be seen at this size.");
        return new Learned(Head.Kind.LABELLED, head, calibration, folds.count(), metrics, remarks);
    }

    private static Learned normalsOnly(
            List<float[]> pooled, boolean[] anomalous, int anomalies, long seed, Progress progress) {
        List<float[]> normals = new ArrayList<>();
        for (int i = 0; i < anomalous.length; i++) if (!anomalous[i]) normals.add(pooled.get(i));
        Folds folds = Folds.stratified(
                new boolean[normals.size()], Math.min(normals.size(), normals.size() > MANY ? 5 : 20), seed);
        double[] scores = heldOut(normals, folds, rows -> NormalsHead.learn(pick(normals, rows)), progress);
        Head head = NormalsHead.learn(normals);
        progress.at("Learning", folds.count() + 1L, folds.count() + 1L);
        String remark = "The model was learned from normal images only, since there are "
                + (anomalies == 0 ? "no anomalies" : "fewer than " + LEAST_ANOMALIES + " anomalies")
                + " to train on; its confidence is not calibrated.";
        Calibration calibration = Calibration.ofNormals(scores, NORMALS_QUANTILE);
        return new Learned(Head.Kind.NORMALS_ONLY, head, calibration, folds.count(), null, List.of(remark));
    }

    /** The score of each example from a head that never saw it. */
    private static double[] heldOut(List<float[]> pooled, Folds folds, Function<int[], Head> learn, Progress progress) {
        double[] scores = new double[pooled.size()];
        for (int fold = 0; fold < folds.count(); fold++) {
            progress.at("Learning", fold, folds.count() + 1L);
            Head head = learn.apply(folds.outside(fold));
            for (int i : folds.in(fold)) scores[i] = head.score(pooled.get(i));
        }
        progress.at("Learning", folds.count(), folds.count() + 1L);
        return scores;
    }

    /** The area under ROC that scores without any information stay below in 95 of 100 data sets of this size. */
    private static double chance(boolean[] anomalous) {
        double a = count(anomalous);
        double n = anomalous.length - a;
        return 0.5 + 1.645 * Math.sqrt((a + n + 1) / (12 * a * n));
    }

    private static int count(boolean[] anomalous) {
        int count = 0;
        for (boolean label : anomalous) if (label) count++;
        return count;
    }

    private static List<float[]> pick(List<float[]> from, int[] rows) {
        return Arrays.stream(rows).mapToObj(from::get).toList();
    }

    private static boolean[] pick(boolean[] from, int[] rows) {
        boolean[] picked = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) picked[i] = from[rows[i]];
        return picked;
    }
}
