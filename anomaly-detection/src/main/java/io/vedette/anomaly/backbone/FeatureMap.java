package io.vedette.anomaly.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * What a network makes of a picture: every tap averaged over 3×3 cells and, brought to the first tap's grid, one after the
 * other, C channels in all.
 *
 * @param pooled mean, then maximum, then standard deviation of each of the C channels over the grid: 3C float32
 * @param taps of each tap (1, channels, its rows, its columns) float32 on its own grid, channels-last in memory, the finest
 *     grid first; owned by a scope that closes with this record
 */
public record FeatureMap(float[] pooled, NDList taps) implements AutoCloseable {
    /** DJL's number for the mean of the cells that a cell overlaps; 1 is bilinear. Stored models rest on it. */
    private static final int AREA = 2;

    /** @param taps alone in their manager */
    static FeatureMap of(NDList taps) {
        try (NDArray channels = channels(taps);
                NDArray mean = channels.mean(new int[] {1}, true);
                NDArray centred = channels.sub(mean);
                NDArray squares = centred.square();
                NDArray variance = squares.mean(new int[] {1}, true);
                NDArray deviation = variance.sqrt();
                NDArray largest = channels.max(new int[] {1}, true)) {
            float[] pooled = mean.concat(largest, 0).concat(deviation, 0).toFloatArray();
            return new FeatureMap(pooled, taps);
        }
    }

    /** Of the grid, which is the first tap's. */
    public int height() {
        return (int) taps.get(0).getShape().get(2);
    }

    /** Of the grid, which is the first tap's. */
    public int width() {
        return (int) taps.get(0).getShape().get(3);
    }

    /** @return (h·w, C) float32, the grid's rows one after the other; owned by the map's scope */
    public NDArray cells() {
        try (NDArray channels = channels(taps)) {
            return channels.transpose();
        }
    }

    private static NDArray channels(NDList taps) {
        Shape grid = taps.get(0).getShape();
        try (NDList enlarged = new NDList()) {
            for (NDArray tap : taps.subList(1, taps.size())) enlarged.add(onGrid(tap, grid.get(2), grid.get(3)));
            NDArray map = taps.get(0).getNDArrayInternal().concat(enlarged, 1);
            return map.reshape(map.getShape().get(1), -1);
        }
    }

    /**
     * Each cell is the mean of the tap's cells that it overlaps: mostly of one. Linear in its values and the same for every channel: it may come before or after a mixing of channels.
     *
     * @param tap (1, channels, rows, columns)
     * @return (1, channels, height, width); owned by the tap's manager
     */
    public static NDArray onGrid(NDArray tap, long height, long width) {
        return tap.getNDArrayInternal().interpolation(new long[] {height, width}, AREA, false);
    }

    @Override
    public void close() {
        taps.get(0).getManager().close();
    }
}
