package io.vedette.anomaly.metric;

/**
 * How well heat tells defective pixels from sound ones, over any number of images in the same 24 MB: heat is counted in bins
 * of 12 significant bits, so that heats which differ by less than one part in 2,048 count as equal. Not for use by two threads
 * at once.
 */
public final class HeatMetrics {
    private static final int DROPPED_BITS = 12;
    private static final int BINS = 1 << 32 - DROPPED_BITS;

    private final long[] defective = new long[BINS];
    private final long[] sound = new long[BINS];
    /** Of each region the share that lies in the bin, summed over the regions. */
    private final double[] overlap = new double[BINS];

    private long defectivePixels;
    private long soundPixels;
    private long regions;

    /**
     * @param heat width × height, higher where a defect is
     * @param defects width × height: true on any defect
     * @throws IllegalArgumentException if the lengths differ or a heat is not a number; then nothing was added
     */
    public void add(float[] heat, boolean[] defects, int width) {
        if (heat.length != defects.length || heat.length % width != 0)
            throw new IllegalArgumentException("heat and mask differ in size");
        for (float value : heat) if (Float.isNaN(value)) throw new IllegalArgumentException("a heat is not a number");
        Regions parts = Regions.in(defects, width);
        regions += parts.sizes().length;
        for (int i = 0; i < heat.length; i++) {
            int bin = bin(heat[i]);
            if (defects[i]) {
                defective[bin]++;
                defectivePixels++;
                overlap[bin] += 1.0 / parts.sizes()[parts.of()[i] - 1];
            } else {
                sound[bin]++;
                soundPixels++;
            }
        }
    }

    /** The order of floats as the order of unsigned numbers, less the last bits. */
    static int bin(float heat) {
        int bits = Float.floatToIntBits(heat + 0f);
        return (bits ^ (bits >> 31 | Integer.MIN_VALUE)) >>> DROPPED_BITS;
    }

    /** The chance that a defective pixel is hotter than a sound one, ties counting half; 0 where either is missing. */
    public double rocAuc() {
        if (defectivePixels == 0 || soundPixels == 0) return 0;
        double wins = 0;
        double cooler = 0;
        for (int bin = 0; bin < BINS; bin++) {
            wins += defective[bin] * (cooler + sound[bin] / 2.0);
            cooler += sound[bin];
        }
        return wins / ((double) defectivePixels * soundPixels);
    }

    /**
     * The area under the mean share of each connected defect that is hot, over the share of sound pixels that are hot
     * (Bergmann et al. 2021, section 5.1), by trapezoids and divided by the limit; 0 where there is no defect or no sound
     * pixel.
     *
     * @param limit the largest share of sound pixels that counts, above 0 up to 1; usual is 0.3
     */
    public double aupro(double limit) {
        if (regions == 0 || soundPixels == 0) return 0;
        double area = 0;
        double falsely = 0;
        double covered = 0;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            if (sound[bin] == 0 && overlap[bin] == 0) continue;
            double step = (double) sound[bin] / soundPixels;
            double rise = overlap[bin] / regions;
            if (falsely + step >= limit) {
                double part = step == 0 ? 0 : (limit - falsely) / step;
                return (area + part * step * (covered + part * rise / 2)) / limit;
            }
            area += step * (covered + rise / 2);
            falsely += step;
            covered += rise;
        }
        return area / limit;
    }

    /** The highest F1 of pixels that any threshold on the heat gives; 0 without a defect. */
    public double bestF1() {
        double best = 0;
        long hits = 0;
        long called = 0;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            hits += defective[bin];
            called += defective[bin] + sound[bin];
            if (defective[bin] > 0) best = Math.max(best, 2.0 * hits / (called + defectivePixels));
        }
        return best;
    }

    /** How many connected defects were seen. */
    public long regions() {
        return regions;
    }
}
