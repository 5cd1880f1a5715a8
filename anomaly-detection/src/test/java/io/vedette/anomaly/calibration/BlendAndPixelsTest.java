package io.vedette.anomaly.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BlendAndPixelsTest {

    @Test
    void pixelThresholdHasTheBestF1() {
        // Given: covered cells have 0.8 and 0.6, one clear cell 0.7, others little
        PixelThreshold thresholds = new PixelThreshold();
        thresholds.add(new float[] {0.8f, 0.6f, 0.7f, 0.1f, 0.05f}, new float[] {1, 1, 0, 0, 0});
        // When
        PixelThreshold.Best best = thresholds.best();
        // Then: all three above 0.6 give 2·2/(2+3)
        assertThat(best.f1()).isCloseTo(0.8, within(1e-9));
        assertThat(best.threshold()).isBetween(0.59, 0.61);
    }

    @Test
    void defectWithoutMasksIsNeverShown() {
        PixelThreshold thresholds = new PixelThreshold();
        thresholds.add(new float[] {0.9f, 0.99f}, null);
        assertThat(thresholds.best()).isEqualTo(new PixelThreshold.Best(1, 0));
    }

    @Test
    void smallComponentsVanish() {
        // Given
        byte[] labels = {
            1, 1, 0, 2,
            1, 0, 0, 2,
            0, 1, 2, 2
        };
        // When
        Components.dropSmaller(labels, 4, 3);
        // Then: the lone 1 touches others only by a corner
        assertThat(labels).containsExactly(1, 1, 0, 2, 1, 0, 0, 2, 0, 0, 2, 2);
    }

    @Test
    void largeComponentIsFollowedToItsEnd() {
        byte[] labels = new byte[200 * 200];
        java.util.Arrays.fill(labels, (byte) 1);
        Components.dropSmaller(labels, 200, 200 * 200);
        assertThat(labels).containsOnly(1);
        Components.dropSmaller(labels, 200, 200 * 200 + 1);
        assertThat(labels).containsOnly(0);
    }

    @Test
    void heatIsNoneAtTheMedianHalfAtTheThresholdAndTheMeanOfTheParts() {
        // Given
        HeatScale scale =
                new HeatScale(Map.of("padim", new HeatScale.Level(10, 20), "patchcore", new HeatScale.Level(0, 1)));
        // When
        float[] heat = scale.of(Map.of("padim", new float[] {5, 20, 30, 99}, "patchcore", new float[] {0, 1, 1, 9}));
        // Then
        assertThat(heat).containsExactly(new float[] {0, 0.5f, 0.75f, 1}, within(1e-6f));
    }

    @Test
    void blendOfAlikePartsKeepsTheirOrder() {
        // Given
        double[] good = {-2, -1.5, -1, 1, 1.6, 2};
        double[] noise = {1, -1, 1, -1, 1, -1};
        boolean[] anomalous = {false, false, false, true, true, true};
        // When
        Blend blend = Blend.logistic(Map.of("good", good, "noise", noise), anomalous);
        // Then
        double[] scores = blend.ofAll(Map.of("good", good, "noise", noise));
        for (int n = 0; n < 3; n++)
            for (int a = 3; a < 6; a++) assertThat(scores[n]).isLessThan(scores[a]);
    }

    @Test
    void partThatCountsAgainstIsLeftOut() {
        // Given
        Map<String, double[]> scores =
                Map.of("good", new double[] {-2, -1.5, 0.2, 0.1, 1.6, 2}, "bad", new double[] {3, 2, 2.5, 1, 2, 0.5});
        // When
        Blend blend = Blend.logistic(scores, new boolean[] {false, false, false, true, true, true});
        // Then
        assertThat(blend.terms()).containsOnlyKeys("good");
    }
}
