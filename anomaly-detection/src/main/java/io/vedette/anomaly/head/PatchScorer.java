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
     * @param map what {@link #score} says of the cells
     * @param picture what is said of all together
     */
    record Scored(float[] map, double picture) {}

    /** {@link #score}, and the picture's score. */
    default Scored read(NDArray cells) {
        float[] map = score(cells);
        return new Scored(map, top(map, share()));
    }

    /** All that the scorer needs, float32. */
    void into(Map<String, Tensor> tensors);

    /** The same scorer, on the same device, to be closed for itself. */
    PatchScorer again();

    @Override
    void close();

    /** The mean of the highest {@code share} of the values, of one at least. */
    static double top(float[] values, double share) {
        float[] rising = values.clone();
        Arrays.sort(rising);
        int count = Math.max(1, (int) Math.round(share * rising.length));
        double sum = 0;
        for (int i = rising.length - count; i < rising.length; i++) sum += rising[i];
        return sum / count;
    }
}
