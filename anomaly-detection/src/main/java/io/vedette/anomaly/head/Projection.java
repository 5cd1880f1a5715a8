package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vedette.anomaly.backbone.FeatureMap;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Principal components of the cells' C channels, the strongest first, brought to variance 1.
 *
 * @param axes d × C, orthonormal rows
 * @param offset d, what the mean cell has on the axes
 * @param deviation d, of the cells along each axis
 */
public record Projection(int channels, float[] axes, float[] offset, float[] deviation) {
    /** Directions weaker than this share of the strongest are noise of the arithmetic. */
    private static final double LEAST = 1e-6;

    /** Collects what the components are computed from: cells of a few hundred pictures are plenty. */
    public static final class Fit {
        private double[] products;
        private double[] sums;
        private long count;

        /** @param cells (n, C) float32 */
        public void add(NDArray cells) {
            try (NDArray transposed = cells.transpose();
                    NDArray product = transposed.matMul(cells);
                    NDArray sum = cells.sum(new int[] {0})) {
                products = plus(products, product.toFloatArray());
                sums = plus(sums, sum.toFloatArray());
                count += cells.getShape().get(0);
            }
        }

        private static double[] plus(double[] to, float[] what) {
            double[] sum = to == null ? new double[what.length] : to;
            for (int i = 0; i < sum.length; i++) sum[i] += what[i];
            return sum;
        }

        /** @param most components to keep */
        public Projection done(int most) {
            int channels = sums.length;
            DMatrixRMaj covariance = new DMatrixRMaj(channels, channels);
            for (int i = 0; i < channels; i++)
                for (int j = 0; j < channels; j++)
                    covariance.set(i, j, products[i * channels + j] / count - sums[i] / count * (sums[j] / count));
            var eigen = DecompositionFactory_DDRM.eig(channels, true, true);
            if (!eigen.decompose(covariance)) throw new IllegalStateException("the cells have no components");
            Integer[] falling = new Integer[channels];
            for (int i = 0; i < channels; i++) falling[i] = i;
            java.util.Arrays.sort(
                    falling,
                    java.util.Comparator.comparingDouble(
                            i -> -eigen.getEigenvalue(i).getReal()));
            double strongest = Math.max(eigen.getEigenvalue(falling[0]).getReal(), 1e-12);
            int kept = 0;
            while (kept < Math.min(most, channels)
                    && (kept == 0 || eigen.getEigenvalue(falling[kept]).getReal() > LEAST * strongest)) kept++;
            Projection result = new Projection(channels, new float[kept * channels], new float[kept], new float[kept]);
            for (int k = 0; k < kept; k++) {
                double[] axis = eigen.getEigenVector(falling[k]).data;
                double offset = 0;
                double sign = Math.signum(java.util.Arrays.stream(axis).sum());
                for (int c = 0; c < channels; c++) {
                    double value = sign < 0 ? -axis[c] : axis[c];
                    result.axes[k * channels + c] = (float) value;
                    offset += value * sums[c] / count;
                }
                result.offset[k] = (float) offset;
                double variance = eigen.getEigenvalue(falling[k]).getReal();
                result.deviation[k] = variance > 1e-12 ? (float) Math.sqrt(variance) : 1;
            }
            return result;
        }
    }

    public int size() {
        return offset.length;
    }

    /** The projection on a device, to be used many times. */
    public Whitening on(NDManager owner) {
        NDManager held = owner.newSubManager();
        NDArray scaled = held.create(axes, new Shape(size(), channels));
        NDArray scale = held.create(deviation, new Shape(size(), 1));
        NDArray matrix = scaled.div(scale).transpose();
        NDArray shift = held.create(offset, new Shape(1, size())).div(scale.reshape(1, -1));
        return new Whitening(held, matrix, shift);
    }

    /** Not for use by two threads at once. */
    public static final class Whitening implements AutoCloseable {
        private final NDManager held;
        private final NDArray matrix;
        private final NDArray shift;
        private final Map<Long, NDArray> axes = new HashMap<>();

        /** @param matrix (C, d) */
        private Whitening(NDManager held, NDArray matrix, NDArray shift) {
            this.held = held;
            this.matrix = matrix;
            this.shift = shift;
        }

        /**
         * Each tap is projected on its own grid, then brought to the first one's and added: mixing channels and
         * interpolating between cells may change places, and coarse taps have a quarter of the cells.
         *
         * @param taps of a {@link FeatureMap}, C channels in all
         * @return (n, d), of mean 0 and variance 1 over the training cells, float32 of float16 precision, as training
         *     keeps them; owned by the manager of the taps
         */
        public NDArray apply(NDList taps) {
            Shape grid = taps.get(0).getShape();
            long from = 0;
            try (NDList parts = new NDList()) {
                for (NDArray tap : taps) {
                    parts.add(projected(tap, from, grid));
                    from += tap.getShape().get(1);
                }
                NDArray sum = parts.get(0).subi(shift);
                for (NDArray part : parts.subList(1, parts.size())) sum.addi(part);
                try (NDArray clipped = sum.clip(-60000, 60000);
                        NDArray half = clipped.toType(DataType.FLOAT16, false)) {
                    return half.toType(DataType.FLOAT32, false);
                }
            }
        }

        /** @return (n, d), without the shift */
        private NDArray projected(NDArray tap, long from, Shape grid) {
            Shape own = tap.getShape();
            try (NDArray last = tap.transpose(0, 2, 3, 1);
                    NDArray cells = last.reshape(-1, own.get(1))) {
                NDArray product = cells.matMul(axes(from, from + own.get(1)));
                boolean finest = own.get(2) == grid.get(2) && own.get(3) == grid.get(3);
                return finest ? product : enlarged(product, own, grid);
            }
        }

        /** @param product used up */
        private static NDArray enlarged(NDArray product, Shape own, Shape grid) {
            try (product;
                    NDArray rows = product.reshape(1, own.get(2), own.get(3), -1);
                    NDArray planes = rows.transpose(0, 3, 1, 2);
                    NDArray enlarged = FeatureMap.onGrid(planes, grid.get(2), grid.get(3));
                    NDArray back = enlarged.transpose(0, 2, 3, 1)) {
                return back.reshape(grid.get(2) * grid.get(3), -1);
            }
        }

        /** Rows of the matrix; looking them up takes longer than it seems. */
        private NDArray axes(long from, long to) {
            return axes.computeIfAbsent(from, key -> matrix.get(new NDIndex(from + ":" + to)));
        }

        @Override
        public void close() {
            held.close();
        }
    }

    public void into(Map<String, Tensor> tensors) {
        tensors.put("projection.axes", new Tensor(new long[] {size(), channels}, axes));
        tensors.put("projection.offset", Tensor.vector(offset));
        tensors.put("projection.deviation", Tensor.vector(deviation));
    }

    public static Projection of(SafeTensors stored) {
        Tensor axes = stored.get("projection.axes");
        return new Projection(
                (int) axes.shape()[1],
                axes.values(),
                stored.get("projection.offset").values(),
                stored.get("projection.deviation").values());
    }
}
