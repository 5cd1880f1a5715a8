package io.vedette.anomaly.calibration;

import java.util.Arrays;

/** What a logistic fit of scores aims at: a little short of certainty, the less the more examples there are (Platt 1999). */
final class Platt {
    private Platt() {}

    static double[] targets(boolean[] anomalous) {
        int positives = 0;
        for (boolean label : anomalous) if (label) positives++;
        double high = (positives + 1.0) / (positives + 2);
        double low = 1.0 / (anomalous.length - positives + 2);
        double[] targets = new double[anomalous.length];
        for (int i = 0; i < targets.length; i++) targets[i] = anomalous[i] ? high : low;
        return targets;
    }

    static double[] shares(boolean[] anomalous) {
        double[] shares = new double[anomalous.length];
        Arrays.fill(shares, 1);
        return shares;
    }
}
