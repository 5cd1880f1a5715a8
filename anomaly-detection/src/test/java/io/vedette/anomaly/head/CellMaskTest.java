package io.vedette.anomaly.head;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellMaskTest {
    private static final float OPEN = Float.NaN;

    @Test
    void edgeOfAWideDefectIsLeftOpenBelowHalf() {
        float[] cover = {
            0, 0.3f, 0.6f, //
            0.02f, 1, 1, 0, 1, 1,
        };
        assertThat(targets(cover)).containsExactly(0, OPEN, 1, 0, 1, 1, 0, 1, 1);
    }

    @Test
    void lineNarrowerThanACellIsADefectAllAlong() {
        float[] cover = {
            0.25f, 0, 0, //
            0.1f, 0.2f, 0, 0, 0.04f, 0.25f,
        };
        assertThat(targets(cover)).containsExactly(1, 0, 0, OPEN, 1, 0, 0, 0, 1);
    }

    @Test
    void defectOfOnePixelIsADefectInItsCell() {
        float[] cover = {0, 0, 0, 0, 0.004f, 0, 0, 0, 0};
        assertThat(targets(cover)).containsExactly(0, 0, 0, 0, 1, 0, 0, 0, 0);
    }

    private static float[] targets(float[] cover) {
        return new CellMask(3, new int[] {0}, new float[][] {cover}).targets();
    }
}
