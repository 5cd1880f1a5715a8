package io.vedette.anomaly.image;

import java.util.random.RandomGenerator;

/**
 * Another photograph of the same thing: turned, nearer, moved and lit a little differently.
 *
 * @param angle in radians
 * @param scale of the thing, 1 for none
 * @param dx to the right, as a share of the width
 * @param dy down, as a share of the height
 * @param contrast factor around the middle grey
 * @param brightness factor
 */
public record Variation(double angle, double scale, double dx, double dy, double contrast, double brightness) {

    /** Within ±6°, ±6 % in size, ±3 % of the sides, ±10 % in brightness and contrast. */
    public static Variation drawn(RandomGenerator random) {
        return new Variation(
                Math.toRadians(random.nextDouble(-6, 6)),
                random.nextDouble(0.94, 1.06),
                random.nextDouble(-0.03, 0.03),
                random.nextDouble(-0.03, 0.03),
                random.nextDouble(0.9, 1.1),
                random.nextDouble(0.9, 1.1));
    }

    /** What comes in from outside mirrors what is inside. */
    public Pixels of(Pixels picture) {
        float[] moved = moved(picture.rgb(), picture.width(), picture.height(), 3);
        for (int i = 0; i < moved.length; i++) {
            double value = ((moved[i] - 0.5) * contrast + 0.5) * brightness;
            moved[i] = (float) Math.min(1, Math.max(0, value));
        }
        return new Pixels(picture.width(), picture.height(), moved);
    }

    /**
     * The same movement of a plane of values.
     *
     * @param plane height × width
     */
    public float[] of(float[] plane, int width, int height) {
        return moved(plane, width, height, 1);
    }

    private float[] moved(float[] from, int width, int height, int channels) {
        float[] to = new float[from.length];
        double cos = Math.cos(angle) / scale;
        double sin = Math.sin(angle) / scale;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = x + 0.5 - width / 2.0 - dx * width;
                double v = y + 0.5 - height / 2.0 - dy * height;
                double sx = cos * u + sin * v + width / 2.0 - 0.5;
                double sy = -sin * u + cos * v + height / 2.0 - 0.5;
                int x0 = (int) Math.floor(sx);
                int y0 = (int) Math.floor(sy);
                float fx = (float) (sx - x0);
                float fy = (float) (sy - y0);
                int left = mirrored(x0, width), right = mirrored(x0 + 1, width);
                int top = mirrored(y0, height) * width, bottom = mirrored(y0 + 1, height) * width;
                for (int c = 0; c < channels; c++) {
                    float above = mix(from[(top + left) * channels + c], from[(top + right) * channels + c], fx);
                    float below = mix(from[(bottom + left) * channels + c], from[(bottom + right) * channels + c], fx);
                    to[(y * width + x) * channels + c] = mix(above, below, fy);
                }
            }
        }
        return to;
    }

    private static float mix(float a, float b, float share) {
        return a + share * (b - a);
    }

    private static int mirrored(int at, int length) {
        int folded = Math.floorMod(at, 2 * length);
        return folded < length ? folded : 2 * length - 1 - folded;
    }
}
