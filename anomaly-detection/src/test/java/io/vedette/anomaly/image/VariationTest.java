package io.vedette.anomaly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final Variation NONE = new Variation(0, 1, 0, 0, 1, 1);

    @Test
    void nothingVariedIsThePictureItself() {
        Pixels picture = noise(9, 7);
        assertThat(NONE.of(picture).rgb()).containsExactly(picture.rgb());
    }

    @Test
    void pictureMovesByItsShareOfTheSide() {
        // Given
        Pixels picture = noise(10, 5);
        // When
        Pixels moved = new Variation(0, 1, 0.2, 0, 1, 1).of(picture);
        // Then
        for (int c = 0; c < 3; c++)
            assertThat(moved.rgb()[3 * 12 + c]).isCloseTo(picture.rgb()[3 * 10 + c], within(1e-5f));
    }

    @Test
    void contrastTurnsAroundMiddleGreyThenLightScales() {
        // Given
        Pixels picture = new Pixels(1, 1, new float[] {0.5f, 0.7f, 1});
        // When, Then
        assertThat(new Variation(0, 1, 0, 0, 1.1, 0.9).of(picture).rgb())
                .containsExactly(new float[] {0.45f, 0.648f, 0.945f}, within(1e-5f));
    }

    @Test
    void maskMovesWithThePicture() {
        // Given
        Variation variation = Variation.drawn(new SplittableRandom(3));
        Pixels picture = noise(16, 12);
        float[] red = new float[16 * 12];
        for (int i = 0; i < red.length; i++) red[i] = picture.rgb()[3 * i];
        Variation unlit = new Variation(variation.angle(), variation.scale(), variation.dx(), variation.dy(), 1, 1);
        // When
        float[] moved = variation.of(red, 16, 12);
        // Then
        float[] seen = unlit.of(picture).rgb();
        for (int i = 0; i < red.length; i++) assertThat(moved[i]).isCloseTo(seen[3 * i], within(1e-6f));
    }

    @Test
    void valuesStayInRange() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20; i++)
            for (float value : Variation.drawn(random).of(noise(8, 8)).rgb())
                assertThat(value).isBetween(0f, 1f);
    }

    private static Pixels noise(int width, int height) {
        Random random = new Random(5);
        float[] rgb = new float[3 * width * height];
        for (int i = 0; i < rgb.length; i++) rgb[i] = random.nextFloat();
        return new Pixels(width, height, rgb);
    }
}
