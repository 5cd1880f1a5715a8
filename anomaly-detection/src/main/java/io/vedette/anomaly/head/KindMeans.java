package io.vedette.anomaly.head;

import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Map;

/**
 * Tells kinds of defects apart by the nearest mean of their cells, where there are too few masks for more.
 *
 * @param means kinds × d, of length 1, or 0 for a kind without any cell
 */
public record KindMeans(int size, float[] means) {
    /** Makes a difference of 0.1 in the cosine count 2.7 times. */
    private static final float SHARPNESS = 10;

    /** Sums up cells of the kinds. */
    public static final class Fit {
        private final int size;
        private final double[] sums;

        public Fit(int kinds, int size) {
            this.size = size;
            sums = new double[kinds * size];
        }

        /** @param cells n × d whitened */
        public void add(float[] cells, CellMask mask) {
            int[] kinds = mask.kindsOfDefects();
            for (int p = 0; p < kinds.length; p++)
                if (kinds[p] >= 0) for (int i = 0; i < size; i++) sums[kinds[p] * size + i] += cells[p * size + i];
        }

        public KindMeans done() {
            float[] means = new float[sums.length];
            for (int from = 0; from < sums.length; from += size) {
                double squares = 0;
                for (int i = 0; i < size; i++) squares += sums[from + i] * sums[from + i];
                double length = squares > 0 ? Math.sqrt(squares) : 1;
                for (int i = 0; i < size; i++) means[from + i] = (float) (sums[from + i] / length);
            }
            return new KindMeans(size, means);
        }
    }

    /**
     * @param cells n × d whitened
     * @return kinds rows of n logits
     */
    public float[][] logits(float[] cells) {
        float[][] logits = new float[means.length / size][cells.length / size];
        for (int p = 0; p < cells.length / size; p++) {
            float squares = 1e-12f;
            for (int i = 0; i < size; i++) squares += cells[p * size + i] * cells[p * size + i];
            float factor = SHARPNESS / (float) Math.sqrt(squares);
            for (int k = 0; k < logits.length; k++) {
                float sum = 0;
                for (int i = 0; i < size; i++) sum += means[k * size + i] * cells[p * size + i];
                logits[k][p] = factor * sum;
            }
        }
        return logits;
    }

    public void into(Map<String, Tensor> tensors) {
        tensors.put("kinds.means", new Tensor(new long[] {means.length / size, size}, means));
    }

    public static KindMeans of(SafeTensors stored) {
        Tensor means = stored.get("kinds.means");
        return new KindMeans((int) means.shape()[1], means.values());
    }
}
