package io.vedette.anomaly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EnlargementTest {

    @Test
    void valuesAreInterpolatedBetweenTheCellsMiddles() {
        // Given: two cells over four pixels, whose middles lie at 0.25, 0.75, … of a cell
        Enlargement enlargement = new Enlargement(new Dimensions(2, 2), new Dimensions(4, 4));
        float[] row = new float[4];
        // When
        enlargement.row(new float[] {0, 4, 8, 12}, 1, row);
        // Then
        assertThat(row).containsExactly(new float[] {2, 3, 5, 6}, within(1e-6f));
    }

    @Test
    void singleCellCoversEverything() {
        float[] row = new float[3];
        new Enlargement(new Dimensions(1, 1), new Dimensions(3, 2)).row(new float[] {7}, 1, row);
        assertThat(row).containsExactly(7, 7, 7);
    }
}
