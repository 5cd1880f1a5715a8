package io.vedette.anomaly.image;

/**
 * A picture in memory.
 *
 * @param rgb height × width × 3, rows from the top, RGB in [0, 1]
 */
public record Pixels(int width, int height, float[] rgb) {
    public Pixels {
        if (rgb.length != 3 * width * height) throw new IllegalArgumentException(rgb.length + " values");
    }
}
