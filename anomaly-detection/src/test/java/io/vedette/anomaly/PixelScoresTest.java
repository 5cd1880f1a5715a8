package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vedette.anomaly.MaskSource.MaskClass;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.metric.LabelMetrics;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PixelScoresTest {
    private static final Dimensions SIZE = new Dimensions(80, 64);
    private static final List<String> DEFECTS = List.of("scratch", "stain");
    private static final Photograph PHOTOGRAPH = SamplePhotographs.photograph("a.png", new byte[0]);

    @Test
    void perfectVerdictsMeasureOne() {
        // Given
        PixelScores scores = new PixelScores(DEFECTS);
        // When
        scores.add(verdict(true, 1), anomaly(0xFF0000, "scratch"), SIZE);
        scores.add(verdict(true, 2), anomaly(0x0000FF, "stain"), SIZE);
        scores.add(verdict(false, 0), new Example(PHOTOGRAPH, false), SIZE);
        // Then
        assertThat(scores.images()).isEqualTo(3);
        assertThat(scores.labels())
                .containsExactly(new LabelMetrics("scratch", 1, 1, 1, 1, 1), new LabelMetrics("stain", 1, 1, 1, 1, 1));
        assertThat(scores.heat().orElseThrow().regions()).isEqualTo(2);
        assertThat(scores.heat().orElseThrow().rocAuc()).isGreaterThan(0.99);
        assertThat(scores.heat().orElseThrow().aupro(0.3)).isGreaterThan(0.95);
    }

    @Test
    void anomalyWithoutMaskSaysNothing() {
        // Given
        PixelScores scores = new PixelScores(DEFECTS);
        // When
        scores.add(verdict(true, 1), new Example(PHOTOGRAPH, true), SIZE);
        scores.add(verdict(true, 1), new Example(PHOTOGRAPH, false), SIZE);
        // Then
        assertThat(scores.images()).isEqualTo(1);
        assertThat(scores.labels()).isEmpty();
        assertThat(scores.heat()).isEmpty();
    }

    @Test
    void defectThatTheModelDoesNotKnowCountsForTheHeatOnly() {
        // Given
        PixelScores scores = new PixelScores(DEFECTS);
        // When
        scores.add(verdict(true, 1), anomaly(0x00FF00, "dent"), SIZE);
        // Then
        assertThat(scores.heat().orElseThrow().regions()).isEqualTo(1);
        assertThat(scores.labels()).isEmpty();
    }

    @Test
    void maskOfAnotherColourIsNamed() {
        // Given
        PixelScores scores = new PixelScores(DEFECTS);
        MaskSource mask = mask(drawing(0x123456), List.of(new MaskClass("scratch", 0xFF0000)));
        // When, Then
        assertThatThrownBy(() -> scores.add(verdict(true, 1), new Example(PHOTOGRAPH, true, Optional.of(mask)), SIZE))
                .isInstanceOf(BadImage.class)
                .hasMessageContaining("s3://b/mask.png")
                .hasMessageContaining("#123456");
    }

    @Test
    void heatIsLinearBetweenTheMiddlesOfCells() {
        // Given
        HeatMap heat = new HeatMap(2, 2, new float[] {0, 1, 0, 1});
        // When
        float[] resized = heat.resized(8, 4);
        // Then
        float[] row = {0, 0, 0.125f, 0.375f, 0.625f, 0.875f, 1, 1};
        for (int i = 0; i < resized.length; i++) assertThat(resized[i]).isCloseTo(row[i % 8], within(1e-6f));
        assertThat(heat.resized(2, 2)).containsExactly(heat.values());
    }

    /** A 20 × 10 rectangle at (30, 20) that is hot, and labelled where {@code label} is not 0. */
    private static Verdict verdict(boolean anomalous, int label) {
        byte[] labels = new byte[80 * 64];
        float[] heat = new float[40 * 32];
        for (int y = 20; y < 30; y++)
            for (int x = 30; x < 50; x++) {
                labels[y * 80 + x] = (byte) label;
                heat[y / 2 * 40 + x / 2] = label == 0 ? 0 : 1;
            }
        return new Verdict(
                anomalous,
                0.9,
                anomalous ? 1 : 0,
                0.5,
                new HeatMap(40, 32, heat),
                Optional.of(new DefectMask(80, 64, DEFECTS, labels)));
    }

    private static Example anomaly(int rgb, String name) {
        MaskSource mask = mask(drawing(rgb), List.of(new MaskClass("background", 0xFFFFFF), new MaskClass(name, rgb)));
        return new Example(PHOTOGRAPH, true, Optional.of(mask));
    }

    private static byte[] drawing(int rgb) {
        BufferedImage image = SamplePhotographs.plain(80, 64, Color.WHITE);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(rgb));
        graphics.fillRect(30, 20, 20, 10);
        graphics.dispose();
        return SamplePhotographs.png(image);
    }

    private static MaskSource mask(byte[] png, List<MaskClass> classes) {
        return new MaskSource() {
            @Override
            public String name() {
                return "s3://b/mask.png";
            }

            @Override
            public byte[] read() {
                return png;
            }

            @Override
            public List<MaskClass> classes() {
                return classes;
            }
        };
    }
}
