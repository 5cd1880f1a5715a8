package io.vedette.anomaly;

import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.metric.ImageMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The learner that does best on held-out training images.
 *
 * @param scores that these got from it
 * @param metrics of all that were tried, each at its own best threshold
 */
record Choice(String learner, double[] scores, Map<String, ImageMetrics> metrics) {

    /**
     * By the area under ROC. One that comes first wins unless a later one is better by more than the standard error of
     * that area: small sets would make the choice a matter of luck otherwise.
     *
     * @param candidates in order of preference
     */
    static Choice among(Map<String, Blend> candidates, Map<String, double[]> scores, boolean[] anomalous) {
        Map<String, ImageMetrics> metrics = new LinkedHashMap<>();
        Map<String, double[]> blended = new LinkedHashMap<>();
        candidates.forEach((name, blend) -> {
            double[] of = blend.ofAll(scores);
            blended.put(name, of);
            metrics.put(name, ImageMetrics.of(of, anomalous, Threshold.bestF1(of, anomalous)));
        });
        String chosen = null;
        for (String name : candidates.keySet()) {
            double area = metrics.get(name).rocAuc();
            if (chosen == null
                    || area - standardError(area, anomalous)
                            > metrics.get(chosen).rocAuc()) chosen = name;
        }
        return new Choice(chosen, blended.get(chosen), metrics);
    }

    /** Hanley and McNeil (1982). */
    private static double standardError(double area, boolean[] anomalous) {
        double a = Labels.count(anomalous);
        double n = anomalous.length - a;
        double q1 = area / (2 - area);
        double q2 = 2 * area * area / (1 + area);
        double variance = (area * (1 - area) + (a - 1) * (q1 - area * area) + (n - 1) * (q2 - area * area)) / (a * n);
        return Math.sqrt(Math.max(0, variance));
    }
}
