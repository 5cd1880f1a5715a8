package io.vedette.anomaly.head;

import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Map;

/** Brings each of d features to mean 0 and deviation 1 over the training images; a constant one is only centred. */
record Standardiser(float[] mean, float[] deviation) {

    /** @param x n rows of d float32 */
    static Standardiser of(float[][] x) {
        int d = x[0].length;
        double[] sum = new double[d];
        double[] squares = new double[d];
        for (float[] row : x) for (int j = 0; j < d; j++) sum[j] += row[j];
        for (float[] row : x) for (int j = 0; j < d; j++) squares[j] += Math.pow(row[j] - sum[j] / x.length, 2);
        float[] mean = new float[d];
        float[] deviation = new float[d];
        for (int j = 0; j < d; j++) {
            mean[j] = (float) (sum[j] / x.length);
            double spread = Math.sqrt(squares[j] / x.length);
            deviation[j] = spread <= 1e-6 * Math.abs(mean[j]) + 1e-12 ? 1 : (float) spread;
        }
        return new Standardiser(mean, deviation);
    }

    double[] apply(float[] row) {
        double[] result = new double[mean.length];
        apply(row, result);
        return result;
    }

    private void apply(float[] row, double[] result) {
        for (int j = 0; j < result.length; j++) result[j] = ((double) row[j] - mean[j]) / deviation[j];
    }

    double[][] apply(float[][] rows) {
        double[][] result = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) result[i] = apply(rows[i]);
        return result;
    }

    /** @return the rows as {@link #apply(float[][])} has them, but one at a time: 16,000 would take half a gigabyte */
    LogisticRegression.Rows over(float[][] rows) {
        double[] result = new double[mean.length];
        return new LogisticRegression.Rows() {
            @Override
            public int count() {
                return rows.length;
            }

            @Override
            public double[] row(int index) {
                apply(rows[index], result);
                return result;
            }
        };
    }

    void into(Map<String, Tensor> tensors, String prefix) {
        tensors.put(prefix + "mean", Tensor.vector(mean));
        tensors.put(prefix + "deviation", Tensor.vector(deviation));
    }
}
