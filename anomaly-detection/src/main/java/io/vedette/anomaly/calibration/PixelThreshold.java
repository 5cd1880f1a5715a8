package io.vedette.anomaly.calibration;

/** Finds from which probability on pixels count as a defect: the best F1 over held-out masks. */
public final class PixelThreshold {
    private static final int STEPS = 200;

    private final double[] covered = new double[STEPS];
    private final double[] all = new double[STEPS];

    /**
     * @param probabilities of each cell, in [0, 1]
     * @param cover share of each cell that the mask covers; null for a picture without this defect
     */
    public void add(float[] probabilities, float[] cover) {
        for (int i = 0; i < probabilities.length; i++) {
            int step = Math.min(STEPS - 1, (int) (probabilities[i] * STEPS));
            all[step]++;
            if (cover != null) covered[step] += cover[i];
        }
    }

    /**
     * @param threshold above 0; 1 if no mask covers anything
     * @param f1 over pixels, each cell counted as a square of its value
     */
    public record Best(double threshold, double f1) {}

    public Best best() {
        double total = 0;
        for (double cover : covered) total += cover;
        Best best = new Best(1, 0);
        double hits = 0;
        double found = 0;
        for (int step = STEPS - 1; step > 0; step--) {
            hits += covered[step];
            found += all[step];
            double f1 = total + found > 0 ? 2 * hits / (total + found) : 0;
            if (f1 > best.f1) best = new Best((double) step / STEPS, f1);
        }
        return best;
    }
}
