package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.anomaly.DefectFinder.Kind;
import io.vedette.anomaly.image.Dimensions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written here are read by Java's own decoder. */
class DrawingsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64, 259, 777})
    void masksOfAllKindsComeBackPixelByPixel(int width) throws IOException {
        for (int runs : new int[] {1, 2, 7, 300, 5000}) {
            Random random = new Random(runs);
            int[] colors = random.ints(5, 0, 1 << 24).toArray();
            DefectMask mask = new DefectMask(width, 40, Collections.nCopies(5, "x"), labels(width * 40, runs, random));
            BufferedImage read = read(Drawings.mask(mask, colors));
            assertThat(read.getWidth()).isEqualTo(width);
            assertThat(read.getColorModel().getNumComponents()).isEqualTo(3);
            assertThat(read.getColorModel().hasAlpha()).isFalse();
            for (int i = 0; i < mask.labels().length; i++) {
                int label = mask.labels()[i];
                assertThat(read.getRGB(i % width, i / width) & 0xFFFFFF)
                        .isEqualTo(label == 0 ? 0xFFFFFF : colors[label - 1]);
            }
        }
    }

    @Test
    void heatComesBackInGrey() throws IOException {
        float[] values = new float[48 * 36];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) values[i] = i < 900 ? random.nextFloat() : i % 2;
        BufferedImage read = read(Drawings.heat(new HeatMap(48, 36, values)));
        assertThat(read.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < values.length; i++)
            assertThat(read.getRaster().getSample(i % 48, i / 48, 0)).isEqualTo(Math.round(255 * values[i]));
    }

    /** Noise on the grid of the finest built-in network is what makes a mask restless: pixels only mix its cells. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    @Tag("LV-191")
    void theLargestMaskOfTheMostRestlessModelIsBelowFiveMegabytes(int kinds) {
        Dimensions grid = new Dimensions(48, 48);
        Dimensions images = new Dimensions(4096, 4096);
        Random random = new Random(kinds);
        float[][] probabilities = new float[kinds][grid.width() * grid.height()];
        for (float[] of : probabilities) for (int i = 0; i < of.length; i++) of[i] = random.nextFloat();
        List<Kind> named = IntStream.range(0, kinds)
                .mapToObj(k -> new Kind("kind" + k, 0.5, 1, 1))
                .toList();
        DefectMask mask = new DefectFinder(named, null).find(probabilities, grid, images);
        int[] colors = random.ints(kinds, 0, 1 << 24).toArray();
        assertThat(Drawings.mask(mask, colors).length).isBetween(100_000, 5 << 20);
    }

    private static byte[] labels(int count, int runs, Random random) {
        byte[] labels = new byte[count];
        for (int run = 0; run < runs; run++) {
            int from = random.nextInt(count);
            int to = Math.min(count, from + 1 + random.nextInt(1 + 2 * count / runs));
            java.util.Arrays.fill(labels, from, to, (byte) random.nextInt(6));
        }
        return labels;
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
