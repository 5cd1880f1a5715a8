package io.vedette.anomaly;

import java.util.List;

/** Arithmetic with labels. */
final class Labels {
    private Labels() {}

    static boolean[] of(List<Example> examples) {
        boolean[] anomalous = new boolean[examples.size()];
        for (int i = 0; i < anomalous.length; i++)
            anomalous[i] = examples.get(i).anomalous();
        return anomalous;
    }

    static int count(boolean[] anomalous) {
        int count = 0;
        for (boolean label : anomalous) if (label) count++;
        return count;
    }

    /** The area under ROC that scores without any information stay below in 95 of 100 data sets of this size. */
    static double chance(boolean[] anomalous) {
        double a = count(anomalous);
        double n = anomalous.length - a;
        return 0.5 + 1.645 * Math.sqrt((a + n + 1) / (12 * a * n));
    }
}
