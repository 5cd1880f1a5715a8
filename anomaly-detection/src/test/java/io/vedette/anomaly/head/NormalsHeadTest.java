package io.vedette.anomaly.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class NormalsHeadTest {

    @Test
    void distanceIsThatOfTheInvertedShrunkCovariance() {
        // Given
        Random random = new Random(2);
        List<float[]> pooled = random.ints(9, 0, 1).mapToObj(i -> row(random)).toList();
        float[] other = row(random);
        // When
        NormalsHead head = NormalsHead.learn(pooled);
        // Then
        double[][] x = new double[9][];
        for (int i = 0; i < 9; i++) x[i] = head.standardiser().apply(Arrays.copyOf(pooled.get(i), 4));
        SimpleMatrix inverse =
                slowLedoitWolf(x).plus(SimpleMatrix.identity(4).scale(1e-6)).invert();
        SimpleMatrix away = new SimpleMatrix(4, 1, true, head.standardiser().apply(Arrays.copyOf(other, 4)));
        double slow = Math.sqrt(away.transpose().mult(inverse).mult(away).get(0));
        assertThat(head.score(other)).isCloseTo(slow, within(1e-5 * slow));
    }

    /** Ledoit and Wolf (2004), lemma 3.2 to 3.4, as written: m, d², b̄² with matrices. */
    private static SimpleMatrix slowLedoitWolf(double[][] rows) {
        int n = rows.length;
        int d = rows[0].length;
        SimpleMatrix x = new SimpleMatrix(rows);
        SimpleMatrix sample = x.transpose().mult(x).divide(n);
        double m = sample.trace() / d;
        SimpleMatrix target = SimpleMatrix.identity(d).scale(m);
        double spread = Math.pow(sample.minus(target).normF(), 2) / d;
        double error = 0;
        for (int k = 0; k < n; k++) {
            SimpleMatrix one = x.extractVector(true, k);
            error += Math.pow(one.transpose().mult(one).minus(sample).normF(), 2) / d / n / n;
        }
        double share = Math.min(error, spread) / spread;
        return target.scale(share).plus(sample.scale(1 - share));
    }

    private static float[] row(Random random) {
        float[] row = new float[12];
        double common = random.nextGaussian();
        for (int j = 0; j < 12; j++) row[j] = (float) (j + common + (1 + j) * random.nextGaussian());
        return row;
    }
}
