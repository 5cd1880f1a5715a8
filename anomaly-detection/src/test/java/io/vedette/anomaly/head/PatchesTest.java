package io.vedette.anomaly.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vedette.anomaly.backbone.FeatureMap;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchesTest {
    private static final Runnable NOTHING = () -> {};

    @TempDir
    private Path scratch;

    private NDManager device;

    @BeforeEach
    void open() {
        device = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void projectedCellsAreUncorrelatedWithVarianceOne() {
        // Given
        float[] cells = correlated(400, 5, 1);
        // When
        Projection projection;
        float[] white;
        try (NDArray x = device.create(cells, new Shape(400, 5))) {
            Projection.Fit fit = new Projection.Fit();
            fit.add(x);
            projection = fit.done(4);
            try (Projection.Whitening whitening = projection.on(device)) {
                white = whitening.apply(tap(x)).toFloatArray();
            }
        }
        // Then
        SimpleMatrix rows = matrix(white, 4);
        SimpleMatrix covariance = rows.transpose().mult(rows).divide(400);
        assertThat(covariance.minus(SimpleMatrix.identity(4)).normF()).isLessThan(0.01);
        assertThat(projection.deviation()).isSortedAccordingTo((a, b) -> Float.compare(b, a));
    }

    /** @return the cells as the only tap of a map of one column */
    private static NDList tap(NDArray cells) {
        Shape shape = cells.getShape();
        return new NDList(cells.reshape(1, shape.get(0), 1, shape.get(1)).transpose(0, 3, 1, 2));
    }

    @Test
    void projectingEachTapOnItsOwnGridIsProjectingTheWholeMap() {
        // Given
        NDArray fine = device.create(correlated(9 * 7, 3, 2), new Shape(1, 9, 7, 3));
        NDArray coarse = device.create(correlated(5 * 4, 6, 3), new Shape(1, 5, 4, 6));
        NDList taps = new NDList(fine.transpose(0, 3, 1, 2), coarse.transpose(0, 3, 1, 2));
        NDArray cells = new FeatureMap(new float[0], taps).cells();
        Projection.Fit fit = new Projection.Fit();
        fit.add(cells);
        Projection projection = fit.done(5);
        // When
        float[] white;
        try (Projection.Whitening whitening = projection.on(device)) {
            white = whitening.apply(taps).toFloatArray();
        }
        // Then
        float[] map = cells.toFloatArray();
        for (int p = 0; p < 9 * 7; p++) {
            for (int k = 0; k < 5; k++) {
                double sum = -projection.offset()[k];
                for (int c = 0; c < 9; c++) sum += projection.axes()[k * 9 + c] * map[p * 9 + c];
                assertThat(white[p * 5 + k]).isCloseTo((float) (sum / projection.deviation()[k]), within(4e-3f));
            }
        }
    }

    @Test
    void cellsThatAreAllTheSameHaveOneFiniteComponent() {
        // Given
        float[] cells = new float[30];
        Arrays.fill(cells, 3);
        try (NDArray x = device.create(cells, new Shape(10, 3))) {
            Projection.Fit fit = new Projection.Fit();
            fit.add(x);
            // When
            Projection projection = fit.done(3);
            // Then
            try (Projection.Whitening whitening = projection.on(device)) {
                assertThat(whitening.apply(tap(x)).toFloatArray()).hasSize(10).containsOnly(0);
            }
        }
    }

    @Test
    void scratchFileGivesBackWhatItGot() {
        // Given
        float[] values = new float[2 * 3 * 4];
        for (int i = 0; i < values.length; i++) values[i] = i - 7.5f;
        try (PatchFile file = new PatchFile(scratch, 3, 4)) {
            for (int slot = 0; slot < 2; slot++)
                file.append(device.create(Arrays.copyOfRange(values, 12 * slot, 12 * slot + 12), new Shape(3, 4)));
            // When
            NDArray read = file.read(device, 1, 0, 1);
            // Then
            assertThat(read.getShape()).isEqualTo(new Shape(3, 3, 4));
            assertThat(Arrays.copyOfRange(read.toFloatArray(), 12, 36)).containsExactly(values);
        }
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void padimIsTheDistanceByTheShrunkCovarianceOfThePlace() {
        // Given: seven pictures of two cells
        int n = 7;
        int d = 3;
        float[] scale = {2, 1, 0.5f};
        float[] all = correlated(n * 2, d, 3);
        try (PatchFile file = new PatchFile(scratch, 2, d)) {
            int[] slots = fill(file, all, 2 * d);
            float[] rounded = file.read(device, slots).toFloatArray();
            // When
            Padim padim = Padim.learn(file, slots, scale, device, NOTHING);
            float[] other = correlated(2, d, 9);
            float[] distances = padim.score(device.create(other, new Shape(2, d)));
            // Then
            for (int place = 0; place < 2; place++) {
                double[][] rows = new double[n][d];
                for (int i = 0; i < n; i++)
                    for (int c = 0; c < d; c++) rows[i][c] = scale[c] * rounded[(i * 2 + place) * d + c];
                assertThat((double) distances[place]).isCloseTo(slowPadim(rows, other, scale, place * d), within(1e-3));
            }
        }
    }

    private static double slowPadim(double[][] rows, float[] other, float[] scale, int from) {
        int d = rows[0].length;
        SimpleMatrix x = new SimpleMatrix(rows);
        SimpleMatrix mean = new SimpleMatrix(1, d);
        for (int i = 0; i < rows.length; i++)
            mean = mean.plus(x.extractVector(true, i).divide(rows.length));
        SimpleMatrix covariance = new SimpleMatrix(d, d);
        for (int i = 0; i < rows.length; i++) {
            SimpleMatrix away = x.extractVector(true, i).minus(mean);
            covariance = covariance.plus(away.transpose().mult(away).divide(rows.length - 1));
        }
        SimpleMatrix shrunk =
                covariance.scale(0.9).plus(SimpleMatrix.identity(d).scale(0.1 * covariance.trace() / d + 0.01));
        SimpleMatrix away = new SimpleMatrix(1, d);
        for (int c = 0; c < d; c++) away.set(c, scale[c] * other[from + c] - mean.get(c));
        return Math.sqrt(away.mult(shrunk.invert()).mult(away.transpose()).get(0));
    }

    @Test
    void patchCoreIsTheDistanceToTheNearestRememberedCell() {
        // Given
        int d = 4;
        float[] all = correlated(40, d, 5);
        float[] scale = {2, 1, 0.5f, 0.1f};
        try (PatchFile file = new PatchFile(scratch, 10, d)) {
            int[] slots = fill(file, all, 10 * d);
            float[] rounded = file.read(device, slots).toFloatArray();
            float[] other = correlated(10, d, 8);
            // When: so few cells are all remembered
            float[] distances;
            try (PatchCore core = PatchCore.learn(file, slots, scale, new SplittableRandom(1), device, NOTHING)) {
                distances = core.score(device.create(other, new Shape(10, d)));
            }
            // Then
            for (int p = 0; p < 10; p++) {
                double nearest = Double.MAX_VALUE;
                for (int m = 0; m < 40; m++) {
                    double sum = 0;
                    for (int c = 0; c < d; c++) sum += Math.pow(scale[c] * (other[p * d + c] - rounded[m * d + c]), 2);
                    nearest = Math.min(nearest, Math.sqrt(sum));
                }
                assertThat((double) distances[p]).isCloseTo(nearest, within(1e-3));
            }
        }
    }

    @Test
    void memoryOutlivesTheCollectionOfGarbage() {
        // Given
        float[] cells = correlated(2000, 64, 6);
        float[] scale = new float[64];
        Arrays.fill(scale, 1);
        NDArray asked = device.create(correlated(50, 64, 7), new Shape(50, 64));
        try (PatchCore core = new PatchCore(device, new Tensor(new long[] {2000, 64}, cells), scale)) {
            float[] before = core.score(asked);
            // When: what nobody holds is collected and written over
            List<java.nio.ByteBuffer> others = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                if (i % 25 == 0) System.gc();
                java.nio.ByteBuffer other = java.nio.ByteBuffer.allocateDirect(cells.length * Float.BYTES);
                while (other.hasRemaining()) other.put((byte) 63);
                others.add(other);
            }
            // Then
            assertThat(core.score(asked)).containsExactly(before);
            assertThat(others).hasSize(100);
        }
    }

    @Test
    void coresetLeavesNoRowFarAway() {
        // Given: three tight clusters and one lonely row
        Random random = new Random(1);
        float[][] rows = new float[91][8];
        for (int i = 0; i < 90; i++) for (int c = 0; c < 8; c++) rows[i][c] = 10 * (i % 3) + 0.01f * random.nextFloat();
        Arrays.fill(rows[90], -30);
        // When
        int[] picked = KCentre.pick(rows, 4, new SplittableRandom(2), NOTHING);
        // Then
        assertThat(Arrays.stream(picked).map(i -> i == 90 ? 3 : i % 3)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void nearestMeanTellsKindsApart() {
        // Given
        KindMeans.Fit fit = new KindMeans.Fit(3, 2);
        fit.add(new float[] {5, 0.1f, 0.2f, 3, 9, 9}, new CellMask(3, new int[] {0, 2}, new float[][] {
            {1, 0, 0}, {0, 1, 0}
        }));
        // When
        float[][] logits = fit.done().logits(new float[] {1, 0, 0, 1});
        // Then
        assertThat(logits[0][0]).isGreaterThan(9.9f).isGreaterThan(logits[2][0]);
        assertThat(logits[2][1]).isGreaterThan(9.9f).isGreaterThan(logits[0][1]);
        assertThat(logits[1]).containsOnly(0);
    }

    @Test
    void scoreIsTheMeanOfTheHighestShare() {
        float[] values = {5, 1, 2, 9, 3, 4, 0, 0, 0, 0};
        assertThat(PatchScorer.top(values, 0.2)).isEqualTo(7);
        assertThat(PatchScorer.top(values, 0.01)).isEqualTo(9);
    }

    private int append(PatchFile file, float[] cells, int d) {
        try (NDArray array = device.create(cells, new Shape(cells.length / d, d))) {
            return file.append(array);
        }
    }

    private int[] fill(PatchFile file, float[] all, int each) {
        int[] slots = new int[all.length / each];
        for (int i = 0; i < slots.length; i++)
            slots[i] = append(file, Arrays.copyOfRange(all, i * each, (i + 1) * each), file.channels());
        return slots;
    }

    private static float[] correlated(int n, int d, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n * d];
        for (int i = 0; i < n; i++) {
            double common = random.nextGaussian();
            for (int c = 0; c < d; c++) values[i * d + c] = (float) (common + (1 + c) * random.nextGaussian() + c);
        }
        return values;
    }

    private static SimpleMatrix matrix(float[] values, int d) {
        SimpleMatrix rows = new SimpleMatrix(values.length / d, d);
        for (int i = 0; i < values.length; i++) rows.set(i / d, i % d, values[i]);
        return rows;
    }
}
