package io.vedette.anomaly.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void thresholdIsTheMiddleOfTheGapThatSeparates() {
        assertThat(Threshold.bestF1(new double[] {1, 2, 6, 8}, new boolean[] {false, false, true, true}))
                .isEqualTo(4);
    }

    @Test
    void widestOfEquallyGoodGapsIsTaken() {
        // F1 is 2/3 both above 10 and above 5; the gap from 1 to 5 is wider than that from 9 to 10.
        assertThat(Threshold.bestF1(new double[] {10, 9, 5, 1}, new boolean[] {true, false, true, false}))
                .isEqualTo(3);
    }

    @Test
    void noCutIsBetterThanTheThreshold() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            // Given
            int n = 2 + random.nextInt(10);
            double[] scores = random.ints(n, 0, 6).asDoubleStream().toArray();
            boolean[] anomalous = new boolean[n];
            for (int i = 0; i < n; i++) anomalous[i] = random.nextBoolean();
            // When
            double threshold = Threshold.bestF1(scores, anomalous);
            // Then
            double best = Arrays.stream(scores)
                    .map(cut -> f1(scores, anomalous, cut))
                    .max()
                    .orElseThrow();
            assertThat(f1(scores, anomalous, threshold)).isEqualTo(best);
        }
    }

    @Test
    void steadyThresholdIsTheMiddleOfTheClassesWhereThatCostsLittle() {
        // Given: means 2 and 7 with deviations 1 and 2, so that the middle is 2 + 5 / 3; then with an anomaly among the
        // normals
        double[] scores = {1, 3, 1, 3, 5, 9, 5, 9};
        boolean[] anomalous = {false, false, false, false, true, true, true, true};
        double[] odd = {1, 3, 1, 3, 1, 3, 5, 9, 5, 9, 5, 2.5};
        boolean[] labels = {false, false, false, false, false, false, true, true, true, true, true, true};
        // When, Then: classes that do not overlap are cut in the gap
        assertThat(Threshold.steadyF1(scores, anomalous)).isEqualTo(Threshold.bestF1(scores, anomalous));
        double mean = 35.5 / 6;
        double deviation = Math.sqrt((3 * 25 + 2 * 81 + 6.25) / 6 - mean * mean);
        assertThat(Threshold.steadyF1(odd, labels))
                .isCloseTo((mean + 2 * deviation) / (1 + deviation), within(1e-9))
                .isBetween(3.0, 5.0);
    }

    @Test
    void steadyThresholdIsHardlyWorseThanTheBest() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            // Given: normals are many, so that the middle of the classes would call too many of them anomalous
            int n = 20 + random.nextInt(60);
            boolean[] anomalous = new boolean[n];
            double[] scores = new double[n];
            for (int i = 0; i < n; i++) {
                anomalous[i] = i < 5;
                scores[i] = random.nextGaussian() + (i < 5 ? 1.5 : 0);
            }
            double best = f1(scores, anomalous, Threshold.bestF1(scores, anomalous));
            // When
            double steady = Threshold.steadyF1(scores, anomalous);
            // Then
            assertThat(f1(scores, anomalous, steady))
                    .isGreaterThanOrEqualTo(best - Math.sqrt(best * (1 - best) / 5) / 2 - 1e-12);
        }
    }

    @Test
    void steadyThresholdOfScoresTheWrongWayRoundIsTheBest() {
        double[] scores = {5, 4, 1, 0};
        boolean[] anomalous = {false, false, true, true};
        assertThat(Threshold.steadyF1(scores, anomalous)).isEqualTo(Threshold.bestF1(scores, anomalous));
    }

    @Test
    void quantileLiesBetweenNeighbours() {
        assertThat(Threshold.quantile(new double[] {4, 1, 3, 2}, 0.5)).isEqualTo(2.5);
        assertThat(Threshold.quantile(new double[] {7}, 0.99)).isEqualTo(7);
    }

    @Test
    void confidenceIsHalfAtTheThresholdAndGrowsAwayFromIt() {
        // Given
        Calibration calibration = Calibration.ofLabelled(
                new double[] {-3, -2, -1.5, 0.2, 1, 2, 2.5},
                new boolean[] {false, false, false, true, false, true, true});
        double threshold = calibration.threshold();
        // When, Then
        assertThat(calibration.anomalous(threshold)).isTrue();
        assertThat(calibration.confidence(threshold)).isCloseTo(0.5, within(1e-12));
        assertThat(calibration.anomalous(threshold + 3)).isTrue();
        assertThat(calibration.confidence(threshold + 3)).isBetween(0.7, 1.0);
        assertThat(calibration.anomalous(threshold - 3)).isFalse();
        assertThat(calibration.confidence(threshold - 3)).isBetween(0.7, 1.0);
    }

    @Test
    void scoresTheWrongWayRoundGiveNoConfidence() {
        // Given
        Calibration calibration =
                Calibration.ofLabelled(new double[] {5, 4, 1, 0}, new boolean[] {false, false, true, true});
        // When, Then
        assertThat(calibration.confidence(100)).isEqualTo(0.5);
    }

    @Test
    void foldsDealOutBothClassesEvenly() {
        // Given
        boolean[] anomalous = new boolean[22];
        Arrays.fill(anomalous, 0, 8, true);
        // When
        Folds folds = Folds.stratified(anomalous, 4, 1);
        // Then
        for (int fold = 0; fold < 4; fold++) {
            assertThat(Arrays.stream(folds.in(fold)).filter(i -> anomalous[i]).count())
                    .isEqualTo(2);
            assertThat(folds.in(fold).length + folds.outside(fold).length).isEqualTo(22);
        }
    }

    private static double f1(double[] scores, boolean[] anomalous, double threshold) {
        double hits = 0;
        double called = 0;
        double there = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= threshold) called++;
            if (anomalous[i]) there++;
            if (scores[i] >= threshold && anomalous[i]) hits++;
        }
        return called + there == 0 ? 0 : 2 * hits / (called + there);
    }

    @Test
    void oddPicturesDoNotMoveTheThresholdOfNormals() {
        // Given: median 5, median distance 2
        double[] scores = {1, 3, 4, 5, 6, 7, 8};
        double[] odd = {1, 3, 4, 5, 6, 70, 80};
        // When, Then
        assertThat(Calibration.ofNormals(scores).threshold()).isCloseTo(5 + 2 * 1.4826 * 2, within(1e-9));
        assertThat(Calibration.ofNormals(odd).threshold()).isCloseTo(5 + 2 * 1.4826 * 2, within(1e-9));
    }

    @Test
    void normalsThatAreAllAlikeKeepTheThresholdAtTheHighest() {
        Calibration calibration = Calibration.ofNormals(new double[] {2, 2, 2, 2, 3});
        assertThat(calibration.threshold()).isEqualTo(3);
        assertThat(calibration.confidence(2)).isBetween(0.5, 1.0);
    }
}
