package io.vedette.anomaly.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slopes against differences of the loss, which is written here once more, one term after the other. */
class PatchLossTest {
    private static final int EACH = PatchBatches.EACH;
    private static final int PLACES = 40;
    private static final double STEP = 1e-3;

    private final Random random = new Random(5);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void slopesAreDifferencesOfTheLoss(int kinds) {
        // Given: of the anomalies' masks one in three is not there, and some edges are left open
        int outputs = 1 + kinds;
        float[] logits = new float[3 * EACH * PLACES * outputs];
        for (int i = 0; i < logits.length; i++) logits[i] = (float) (3 * random.nextGaussian());
        PatchBatches.Batch batch = batch(kinds);
        // When
        float[] slopes = PatchLoss.slopes(logits, outputs, batch);
        // Then
        for (int i = 0; i < logits.length; i++) {
            double expected =
                    (moved(logits, i, STEP, outputs, batch) - moved(logits, i, -STEP, outputs, batch)) / (2 * STEP);
            assertThat((double) slopes[i]).as("slope " + i).isCloseTo(expected, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void largeLogitsGiveNumbers(int kinds) {
        // Given
        float[] logits = new float[3 * EACH * PLACES * (1 + kinds)];
        for (int i = 0; i < logits.length; i++) logits[i] = random.nextBoolean() ? 3e38f : -3e38f;
        // When
        float[] slopes = PatchLoss.slopes(logits, 1 + kinds, batch(kinds));
        // Then
        for (float slope : slopes) assertThat(slope).isFinite();
    }

    private PatchBatches.Batch batch(int kinds) {
        float[][] invented = new float[EACH][PLACES];
        float[][] known = new float[EACH][];
        int[][] which = new int[EACH][];
        for (int i = 0; i < EACH; i++) {
            for (int p = 0; p < PLACES; p++) invented[i][p] = random.nextInt(4) == 0 ? 1 : 0;
            if (kinds == 0 || i % 3 == 0) continue;
            known[i] = new float[PLACES];
            which[i] = new int[PLACES];
            for (int p = 0; p < PLACES; p++) {
                int what = random.nextInt(4);
                known[i][p] = what == 0 ? 1 : what == 1 ? Float.NaN : 0;
                which[i][p] = what == 0 ? random.nextInt(kinds) : -1;
            }
        }
        return new PatchBatches.Batch(null, PLACES, invented, known, which);
    }

    private static double moved(float[] logits, int at, double by, int outputs, PatchBatches.Batch batch) {
        double[] moved = new double[logits.length];
        for (int i = 0; i < moved.length; i++) moved[i] = logits[i] + (i == at ? by : 0);
        return loss(moved, outputs, batch);
    }

    private static double loss(double[] logits, int outputs, PatchBatches.Batch batch) {
        double[][] odds = new double[3 * EACH][PLACES];
        for (int i = 0; i < odds.length; i++)
            for (int p = 0; p < PLACES; p++) odds[i][p] = logits[(i * PLACES + p) * outputs];
        double loss = 0;
        for (int i = 0; i < EACH; i++) {
            loss += Arrays.stream(odds[i])
                            .map(PatchLossTest::softplus)
                            .average()
                            .orElseThrow()
                    / EACH;
            double[] top = top(odds[i]);
            loss += Arrays.stream(top).map(PatchLossTest::softplus).average().orElseThrow() / EACH;
            loss += softplus(-Arrays.stream(top(odds[2 * EACH + i])).average().orElseThrow()) / EACH;
        }
        loss += 0.5 * cells(Arrays.copyOfRange(odds, EACH, 2 * EACH), batch.invented());
        if (outputs == 1) return loss;
        loss += cells(Arrays.copyOfRange(odds, 2 * EACH, 3 * EACH), batch.known());
        return outputs == 2 ? loss : loss + kinds(logits, outputs, batch.kinds());
    }

    private static double[] top(double[] odds) {
        double[] rising = Arrays.stream(odds).sorted().toArray();
        return Arrays.copyOfRange(rising, PLACES - (int) Math.max(1, Math.round(PatchHead.SHARE * PLACES)), PLACES);
    }

    private static double cells(double[][] odds, float[][] targets) {
        double[] entropies = new double[2];
        int[] counts = new int[2];
        double dice = 0;
        int pictures = 0;
        for (int i = 0; i < EACH; i++) {
            if (targets[i] == null) continue;
            double overlap = 1;
            double sizes = 1;
            for (int p = 0; p < PLACES; p++) {
                double target = targets[i][p];
                if (Double.isNaN(target)) continue;
                entropies[(int) target] += softplus(odds[i][p]) - odds[i][p] * target;
                counts[(int) target]++;
                double said = 1 / (1 + Math.exp(-odds[i][p]));
                overlap += 2 * said * target;
                sizes += said + target;
            }
            dice += 1 - overlap / sizes;
            pictures++;
        }
        return entropies[0] / counts[0] / 2 + entropies[1] / counts[1] / 2 + dice / pictures;
    }

    private static double kinds(double[] logits, int outputs, int[][] kinds) {
        double[] sums = new double[outputs - 1];
        int[] counts = new int[outputs - 1];
        for (int i = 0; i < EACH; i++) {
            if (kinds[i] == null) continue;
            for (int p = 0; p < PLACES; p++) {
                int kind = kinds[i][p];
                if (kind < 0) continue;
                int at = ((2 * EACH + i) * PLACES + p) * outputs;
                double all = 0;
                for (int k = 1; k < outputs; k++) all += Math.exp(logits[at + k]);
                sums[kind] += Math.log(all) - logits[at + 1 + kind];
                counts[kind]++;
            }
        }
        double mean = 0;
        for (int k = 0; k < sums.length; k++) mean += sums[k] / counts[k] / sums.length;
        return mean;
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }
}
