package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What tests of heat maps rely on can tell a good map from a bad one. */
class SamplePhotographsTest {
    private static final int SIDE = 4;

    @Test
    void heatIsJudgedByWhereItIs() {
        // Given: a defect in the upper left quarter of 96 pixels, on a grid of four by four cells
        byte[] labels = new byte[96 * 96];
        for (int y = 0; y < 48; y++) for (int x = 0; x < 48; x++) labels[y * 96 + x] = 1;
        DefectMask truth = new DefectMask(96, 96, List.of("scratch"), labels);
        // Then
        assertThat(SamplePhotographs.hottest(heat(1, 0.2f), truth)).isTrue();
        assertThat(SamplePhotographs.hottest(heat(0.2f, 1), truth)).isFalse();
        assertThat(SamplePhotographs.hottest(heat(1, 1), truth)).isFalse();
        assertThat(SamplePhotographs.hottest(heat(0, 0), truth)).isFalse();
        assertThat(SamplePhotographs.hottest(heat(1, 0.8f), truth)).isFalse();
    }

    private static HeatMap heat(float inside, float outside) {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) values[i] = i / SIDE < 2 && i % SIDE < 2 ? inside : outside;
        return new HeatMap(SIDE, SIDE, values);
    }
}
