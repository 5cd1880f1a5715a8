package io.vedette.anomaly.backbone;

import ai.djl.ndarray.NDArray;

/**
 * What a network makes of a picture.
 *
 * @param pooled mean, then maximum, then standard deviation of each of the C channels over the grid: 3C float32
 * @param cells (h·w, C) float32, the grid's rows one after the other; owned by a scope that closes with this record
 */
public record FeatureMap(float[] pooled, NDArray cells, int height, int width) implements AutoCloseable {

    /** @param channels (C, h·w) float32, alone in its manager */
    static FeatureMap of(NDArray channels, int height, int width) {
        try (NDArray mean = channels.mean(new int[] {1}, true);
                NDArray centred = channels.sub(mean);
                NDArray squares = centred.square();
                NDArray variance = squares.mean(new int[] {1}, true);
                NDArray deviation = variance.sqrt();
                NDArray largest = channels.max(new int[] {1}, true)) {
            float[] pooled = mean.concat(largest, 0).concat(deviation, 0).toFloatArray();
            return new FeatureMap(pooled, channels.transpose(), height, width);
        }
    }

    @Override
    public void close() {
        cells.getManager().close();
    }
}
