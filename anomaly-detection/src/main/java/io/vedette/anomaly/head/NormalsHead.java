package io.vedette.anomaly.head;

import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Mahalanobis distance of the C mean-pooled features from the normals', their covariance shrunk as Ledoit and Wolf (2004)
 * have it. The score is the distance, 0 or more.
 *
 * @param root the covariance's lower Cholesky factor, row by row: 1 + 2 + … + C values
 */
public record NormalsHead(Standardiser standardiser, float[] root) implements Head {
    /** Keeps the covariance invertible where all images are the same; features have variance 1. */
    private static final double FLOOR = 1e-6;

    /** @param pooled n ≥ 1 rows of 3C, all normal */
    public static NormalsHead learn(List<float[]> pooled) {
        float[][] rows =
                pooled.stream().map(row -> Arrays.copyOf(row, row.length / 3)).toArray(float[][]::new);
        Standardiser standardiser = Standardiser.of(rows);
        DMatrixRMaj covariance = ledoitWolf(standardiser.apply(rows));
        int d = covariance.numRows;
        for (int j = 0; j < d; j++) covariance.add(j, j, FLOOR);
        var cholesky = DecompositionFactory_DDRM.chol(d, true);
        if (!cholesky.decompose(covariance)) throw new IllegalStateException("the covariance has no root");
        DMatrixRMaj lower = cholesky.getT(null);
        float[] root = new float[d * (d + 1) / 2];
        int at = 0;
        for (int i = 0; i < d; i++) for (int j = 0; j <= i; j++) root[at++] = (float) lower.unsafe_get(i, j);
        return new NormalsHead(standardiser, root);
    }

    /**
     * @param x n rows of d with mean 0
     * @return the shrunk covariance, d by d
     */
    static DMatrixRMaj ledoitWolf(double[][] x) {
        int n = x.length;
        int d = x[0].length;
        DMatrixRMaj rows = new DMatrixRMaj(x);
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransA(1.0 / n, rows, rows, covariance);
        double trace = CommonOps_DDRM.trace(covariance);
        double mean = trace / d;
        double squares = 0;
        for (double value : covariance.data) squares += value * value;
        double fourth = 0;
        for (double[] row : x)
            fourth += Math.pow(Arrays.stream(row).map(v -> v * v).sum(), 2);
        double spread = squares - 2 * mean * trace + d * mean * mean;
        double error = Math.min(spread, Math.max(0, (fourth / n - squares) / n));
        double shrinkage = error == 0 ? 0 : error / spread;
        CommonOps_DDRM.scale(1 - shrinkage, covariance);
        for (int j = 0; j < d; j++) covariance.add(j, j, shrinkage * mean);
        return covariance;
    }

    @Override
    public double score(float[] pooled) {
        double[] solved = standardiser.apply(pooled);
        double sum = 0;
        int at = 0;
        for (int i = 0; i < solved.length; i++) {
            double value = solved[i];
            for (int j = 0; j < i; j++) value -= root[at++] * solved[j];
            solved[i] = value / root[at++];
            sum += solved[i] * solved[i];
        }
        return Math.sqrt(sum);
    }

    @Override
    public void into(Map<String, Tensor> tensors) {
        standardiser.into(tensors, "mahalanobis.");
        tensors.put("mahalanobis.root", Tensor.vector(root));
    }

    static NormalsHead of(SafeTensors stored) {
        Standardiser standardiser = new Standardiser(
                stored.get("mahalanobis.mean").values(),
                stored.get("mahalanobis.deviation").values());
        return new NormalsHead(standardiser, stored.get("mahalanobis.root").values());
    }
}
