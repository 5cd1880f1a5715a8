package io.vedette.anomaly;

import java.util.Arrays;
import java.util.Objects;

/**
 * How anomalous each cell of a photograph is, on a scale that is the same for every photograph of a model.
 *
 * @param values height × width in [0, 1], rows from the top; the grid covers the whole photograph. 0 is the median of
 *     held-out normal cells or less, 0.5 the level of cells from which a photograph is anomalous
 */
public record HeatMap(int width, int height, float[] values) {
    /** What a model without a patch part has to show. */
    public static final HeatMap NONE = new HeatMap(0, 0, new float[0]);

    public HeatMap {
        if (values.length != width * height) throw new IllegalArgumentException(values.length + " values");
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeatMap map
                && map.width == width
                && map.height == height
                && Arrays.equals(map.values, values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, height, Arrays.hashCode(values));
    }
}
