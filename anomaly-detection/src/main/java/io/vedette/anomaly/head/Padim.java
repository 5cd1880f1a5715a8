package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * Mahalanobis distance of each cell from what normal pictures have at that place (PaDiM, arXiv:2011.08785), on the d
 * strongest components instead of d random channels, in the features' own scale: the whitening of the cells is undone, since
 * weak directions would count as much as strong ones otherwise.
 *
 * @param scale d, what undoes the whitening
 * @param mean cells × d
 * @param root cells × d(d+1)/2: the covariances' lower Cholesky factors, column by column
 */
public record Padim(int cells, int size, float[] scale, float[] mean, float[] root) implements PatchScorer {
    private static final int MOST = 100;
    private static final double FLOOR = 0.01;
    private static final double SHRINKAGE = 0.1;
    private static final int PICTURES = 16;
    private static final int PLACES = 128;

    /**
     * @param slots of normal pictures
     * @param scale deviations that the cells were divided by
     * @param step told after every few pictures
     */
    public static Padim learn(PatchFile file, int[] slots, float[] scale, NDManager device, Runnable step) {
        int size = Math.min(MOST, file.channels());
        Padim result = new Padim(
                file.cells(),
                size,
                Arrays.copyOf(scale, size),
                new float[file.cells() * size],
                new float[Math.multiplyExact(file.cells(), size * (size + 1) / 2)]);
        try (NDManager scope = device.newSubManager()) {
            NDArray scales = scope.create(result.scale, new Shape(1, 1, size));
            NDArray sums = scope.zeros(new Shape(file.cells(), size));
            NDArray products = scope.zeros(new Shape(file.cells(), size, size));
            for (int from = 0; from < slots.length; from += PICTURES) {
                step.run();
                int[] some = Arrays.copyOfRange(slots, from, Math.min(slots.length, from + PICTURES));
                try (NDManager batch = scope.newSubManager()) {
                    NDArray cells = file.read(batch, some)
                            .get(new NDIndex(":, :, 0:" + size))
                            .mul(scales);
                    NDArray places = cells.transpose(1, 0, 2);
                    sums.addi(places.sum(new int[] {1}));
                    products.addi(places.transpose(0, 2, 1).matMul(places));
                }
            }
            for (int from = 0; from < file.cells(); from += PLACES) {
                step.run();
                int to = Math.min(file.cells(), from + PLACES);
                NDIndex range = new NDIndex(from + ":" + to);
                try (NDArray sum = sums.get(range);
                        NDArray product = products.get(range)) {
                    result.fill(from, sum.toFloatArray(), product.toFloatArray(), slots.length);
                }
            }
        }
        return result;
    }

    private void fill(int from, float[] sums, float[] products, int n) {
        int places = sums.length / size;
        double[] covariance = new double[size * size];
        for (int p = 0; p < places; p++) {
            double trace = 0;
            for (int i = 0; i < size; i++) {
                double mi = sums[p * size + i] / n;
                mean[(from + p) * size + i] = (float) mi;
                for (int j = 0; j <= i; j++) {
                    double value = products[(p * size + i) * size + j] - mi * sums[p * size + j];
                    covariance[i * size + j] = (1 - SHRINKAGE) * value / Math.max(1, n - 1);
                }
                trace += covariance[i * size + i] / (1 - SHRINKAGE);
            }
            for (int i = 0; i < size; i++)
                covariance[i * size + i] =
                        Math.max(0, covariance[i * size + i]) + SHRINKAGE * Math.max(0, trace) / size + FLOOR;
            cholesky(covariance, (from + p) * (size * (size + 1) / 2));
        }
    }

    /** In place, then packed by columns. */
    private void cholesky(double[] a, int at) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i * size + j];
                for (int k = 0; k < j; k++) sum -= a[i * size + k] * a[j * size + k];
                a[i * size + j] = i == j ? Math.sqrt(Math.max(sum, FLOOR / 2)) : sum / a[j * size + j];
            }
        }
        for (int j = 0; j < size; j++) for (int i = j; i < size; i++) root[at++] = (float) a[i * size + j];
    }

    @Override
    public float[] score(NDArray cells) {
        int width = (int) cells.getShape().get(1);
        float[] x = cells.toFloatArray();
        float[] distances = new float[this.cells];
        float[] left = new float[size];
        int at = 0;
        for (int p = 0; p < distances.length; p++) {
            for (int i = 0; i < size; i++) left[i] = x[p * width + i] * scale[i] - mean[p * size + i];
            float sum = 0;
            for (int j = 0; j < size; j++) {
                float solved = left[j] / root[at++];
                sum += solved * solved;
                int row = at - j - 1;
                for (int i = j + 1; i < size; i++) left[i] -= solved * root[row + i];
                at += size - j - 1;
            }
            distances[p] = (float) Math.sqrt(sum);
        }
        return distances;
    }

    @Override
    public double share() {
        return 0.01;
    }

    @Override
    public void into(Map<String, Tensor> tensors) {
        tensors.put("padim.scale", Tensor.vector(scale));
        tensors.put("padim.mean", new Tensor(new long[] {cells, size}, mean));
        tensors.put("padim.root", new Tensor(new long[] {cells, size * (size + 1L) / 2}, root));
    }

    static Padim of(SafeTensors stored) {
        Tensor mean = stored.get("padim.mean");
        return new Padim(
                (int) mean.shape()[0],
                (int) mean.shape()[1],
                stored.get("padim.scale").values(),
                mean.values(),
                stored.get("padim.root").values());
    }

    @Override
    public Padim again() {
        return this;
    }

    @Override
    public void close() {
        // holds nothing native
    }
}
