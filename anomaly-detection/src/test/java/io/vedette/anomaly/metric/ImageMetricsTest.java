package io.vedette.anomaly.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageMetricsTest {

    @Test
    void workedExampleComesOutAsByHand() {
        // Given
        double[] scores = {0.1, 0.4, 0.35, 0.8};
        boolean[] anomalous = {false, false, true, true};
        // When
        ImageMetrics metrics = ImageMetrics.of(scores, anomalous, 0.36);
        // Then
        assertThat(metrics).isEqualTo(new ImageMetrics(0.5, 0.5, 0.5, 0.75, 0.5 + 0.5 * (2 / 3.0), 1, 1, 1, 1));
    }

    @Test
    void anyScoresMeasureAsInTheSlowTwin() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            // Given
            int n = 1 + random.nextInt(12);
            double[] scores = random.ints(n, 0, 5).asDoubleStream().toArray();
            boolean[] anomalous = new boolean[n];
            for (int i = 0; i < n; i++) anomalous[i] = random.nextBoolean();
            // When
            ImageMetrics metrics = ImageMetrics.of(scores, anomalous, random.nextInt(5));
            // Then
            assertThat(metrics.rocAuc()).isCloseTo(slowAuc(scores, anomalous), within(1e-12));
            assertThat(metrics.averagePrecision()).isCloseTo(slowAveragePrecision(scores, anomalous), within(1e-12));
        }
    }

    @Test
    void allScoresAlikeAreWorthChance() {
        // When
        ImageMetrics metrics = ImageMetrics.of(new double[] {1, 1, 1, 1}, new boolean[] {true, false, false, false}, 2);
        // Then
        assertThat(metrics).isEqualTo(new ImageMetrics(0, 0, 0, 0.5, 0.25, 0, 0, 3, 1));
    }

    @Test
    void absentClassMakesNoNaN() {
        // When
        ImageMetrics oneNormal = ImageMetrics.of(new double[] {3}, new boolean[] {false}, 1);
        ImageMetrics oneAnomaly = ImageMetrics.of(new double[] {3}, new boolean[] {true}, 3);
        ImageMetrics none = ImageMetrics.of(new double[0], new boolean[0], 0);
        // Then
        assertThat(oneNormal).isEqualTo(new ImageMetrics(0, 0, 0, 0, 0, 0, 1, 0, 0));
        assertThat(oneAnomaly).isEqualTo(new ImageMetrics(1, 1, 1, 0, 1, 1, 0, 0, 0));
        assertThat(none).isEqualTo(new ImageMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void notANumberIsRefused() {
        // Given
        double[] scores = {0, Double.NaN};
        boolean[] anomalous = {true, false};
        // When, Then
        assertThatThrownBy(() -> ImageMetrics.of(scores, anomalous, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double slowAuc(double[] scores, boolean[] anomalous) {
        double wins = 0;
        double pairs = 0;
        for (int a = 0; a < scores.length; a++)
            for (int n = 0; n < scores.length; n++)
                if (anomalous[a] && !anomalous[n]) {
                    pairs++;
                    wins += scores[a] > scores[n] ? 1 : scores[a] == scores[n] ? 0.5 : 0;
                }
        return pairs == 0 ? 0 : wins / pairs;
    }

    /** The sum of (recall here − recall before) × precision over all thresholds, from the highest. */
    private static double slowAveragePrecision(double[] scores, boolean[] anomalous) {
        double recallBefore = 0;
        double sum = 0;
        for (double threshold : Arrays.stream(scores)
                .distinct()
                .map(s -> -s)
                .sorted()
                .map(s -> -s)
                .toArray()) {
            ImageMetrics at = ImageMetrics.of(scores, anomalous, threshold);
            sum += (at.recall() - recallBefore) * at.precision();
            recallBefore = at.recall();
        }
        return sum;
    }
}
