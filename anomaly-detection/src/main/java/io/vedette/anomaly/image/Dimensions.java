package io.vedette.anomaly.image;

/** The size of a photograph as its file has it, in pixels. */
public record Dimensions(int width, int height) {
    private static final int STEP = 32;
    private static final int LEAST = 64;

    /**
     * The size that a network gets: aspect kept as far as both sides being multiples of 32, and no less than 64, allow.
     *
     * @param side the long side, in pixels
     */
    public Dimensions fitted(int side) {
        double scale = (double) side / Math.max(width, height);
        return new Dimensions(step(width * scale), step(height * scale));
    }

    private static int step(double length) {
        return Math.max(LEAST, (int) Math.round(length / STEP) * STEP);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
