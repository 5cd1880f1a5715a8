package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Arrays;
import java.util.Map;

/** What was learned about single cells of a picture. */
public sealed interface PatchScorer extends AutoCloseable permits Padim, PatchCore, PatchHead {

    /**
     * @param cells (n, d) whitened float32, in the order of the grid
     * @return n, higher for anomalous cells
     */
    float[] score(NDArray cells);

    /** The share of cells whose mean is the picture's score. */
    double share();

    /**
     * @param outputs rows of n: what {@link #score} says of the cells, then whatever else the part knows of them
     * @param picture what is said of all together
     */
    record Scored(float[][] outputs, double picture) {
        float[] map() {
            return outputs[0];
        }
    }

    /** {@link #score}, and the picture's score. */
    default Scored read(NDArray cells) {
        float[] map = score(cells);
        return new Scored(new float[][] {map}, top(map, share()));
    }

    /** All that the scorer needs, float32. */
    void into(Map<String, Tensor> tensors);

    /** The same scorer, on the same device, to be closed for itself. */
    PatchScorer again();

    @Override
    void close();

    /** The mean of the highest {@code share} of the values, of one at least; a value that is no number is the highest. */
    static double top(float[] values, double share) {
        float[] rising = new float[Math.max(1, (int) Math.round(share * values.length))];
        Arrays.fill(rising, Float.NEGATIVE_INFINITY);
        for (float value : values) {
            if (Float.compare(value, rising[0]) <= 0) continue;
            int at = 0;
            for (; at + 1 < rising.length && Float.compare(rising[at + 1], value) < 0; at++)
                rising[at] = rising[at + 1];
            rising[at] = value;
        }
        double sum = 0;
        for (float value : rising) sum += value;
        return sum / rising.length;
    }
}
