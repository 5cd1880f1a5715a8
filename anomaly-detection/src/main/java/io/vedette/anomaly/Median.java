package io.vedette.anomaly;

import io.vedette.anomaly.calibration.Threshold;
import java.util.Arrays;

/** The median of many cells' scores, from every few of them. */
final class Median {
    private static final int EACH = 256;

    private double[] kept = new double[4 * EACH];
    private int count;

    void add(float[] map) {
        int step = Math.max(1, map.length / EACH);
        for (int i = step / 2; i < map.length; i += step) {
            if (count == kept.length) kept = Arrays.copyOf(kept, 2 * count);
            kept[count++] = map[i];
        }
    }

    /** @return 0 if there are no cells */
    double get() {
        return count == 0 ? 0 : Threshold.quantile(Arrays.copyOf(kept, count), 0.5);
    }
}
