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

    /**
     * For each pixel of a picture, linear between the middles of the nearest cells.
     *
     * @return height × width, rows from the top
     */
    public float[] resized(int toWidth, int toHeight) {
        float[] resized = new float[toWidth * toHeight];
        for (int y = 0; y < toHeight; y++) {
            float down = Math.min(height - 1f, Math.max(0, (y + 0.5f) * height / toHeight - 0.5f));
            int top = (int) down * width;
            int bottom = Math.min(height - 1, (int) down + 1) * width;
            float low = down - (int) down;
            for (int x = 0; x < toWidth; x++) {
                float across = Math.min(width - 1f, Math.max(0, (x + 0.5f) * width / toWidth - 0.5f));
                int left = (int) across;
                int right = Math.min(width - 1, left + 1);
                float share = across - left;
                float above = values[top + left] * (1 - share) + values[top + right] * share;
                float below = values[bottom + left] * (1 - share) + values[bottom + right] * share;
                resized[y * toWidth + x] = above * (1 - low) + below * low;
            }
        }
        return resized;
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
