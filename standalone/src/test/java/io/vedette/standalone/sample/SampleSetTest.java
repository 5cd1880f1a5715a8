package io.vedette.standalone.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSetTest {
    private static List<SamplePhotograph> photographs;

    @BeforeAll
    static void makeThePhotographs() {
        photographs = new SampleSet(1).photographs().parallel().toList();
    }

    @Test
    void hasSixtyPhotographsToLearnFromAndThirtyToTestWith() {
        assertThat(photographs).filteredOn(SamplePhotograph::training).hasSize(60);
        assertThat(photographs).filteredOn(photo -> !photo.training()).hasSize(30);
        assertThat(photographs)
                .filteredOn(photo -> photo.training() && photo.defect().isPresent())
                .hasSize(20);
        assertThat(photographs)
                .filteredOn(photo -> !photo.training() && photo.defect().isPresent())
                .hasSize(12);
    }

    @Test
    void givesTheSamePixelsForTheSameSeedAndOthersForAnother() {
        // When
        BufferedImage again =
                new SampleSet(1).photographs().findFirst().orElseThrow().image();
        BufferedImage other =
                new SampleSet(2).photographs().findFirst().orElseThrow().image();
        // Then
        assertThat(pixels(again)).isEqualTo(pixels(photographs.get(0).image()));
        assertThat(pixels(other)).isNotEqualTo(pixels(again));
    }

    @Test
    void marksEveryDefectInItsColourOnWhite() {
        for (SamplePhotograph photo : photographs) {
            assertThat(photo.mask().isPresent())
                    .as(photo.name())
                    .isEqualTo(photo.defect().isPresent());
            photo.mask().ifPresent(mask -> {
                Set<Integer> colours = new HashSet<>();
                Arrays.stream(pixels(mask)).forEach(pixel -> colours.add(pixel & 0xFFFFFF));
                int expected = photo.defect().orElseThrow().maskColor().getRGB() & 0xFFFFFF;
                assertThat(colours).as(photo.name()).containsExactlyInAnyOrder(0xFFFFFF, expected);
            });
        }
    }

    @Test
    void coloursOfTheMasksHaveNamesBesideThem(@TempDir Path folder) throws IOException {
        // When
        new SampleSet(1).write(folder);
        // Then
        assertThat(folder.resolve("masks").resolve("classes.txt"))
                .content()
                .containsSubsequence("#E6194B scratch", "#3C6EB4 stain", "#F0A202 missing");
    }

    @Test
    void isNotSolvedByNearestNeighboursOfThumbnails() {
        for (long seed = 1; seed <= 2; seed++) {
            List<SamplePhotograph> set = seed == 1
                    ? photographs
                    : new SampleSet(seed).photographs().parallel().toList();
            assertThat(nearestNeighbourAuroc(set)).as("seed %d", seed).isLessThan(0.9);
        }
    }

    /** The score of a test image: its distance to the nearest good training image, both shrunk to 16 by 16. */
    private static double nearestNeighbourAuroc(List<SamplePhotograph> set) {
        List<double[]> memory = set.stream()
                .filter(photo -> photo.training() && photo.defect().isEmpty())
                .map(photo -> thumbnail(photo.image()))
                .toList();
        List<SamplePhotograph> test =
                set.stream().filter(photo -> !photo.training()).toList();
        double[] scores = test.stream()
                .mapToDouble(photo -> memory.stream()
                        .mapToDouble(known -> distance(known, thumbnail(photo.image())))
                        .min()
                        .orElseThrow())
                .toArray();
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (test.get(i).defect().isPresent() && test.get(j).defect().isEmpty()) {
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return wins / pairs;
    }

    private static double[] thumbnail(BufferedImage image) {
        BufferedImage small = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        Image scaled = image.getScaledInstance(16, 16, Image.SCALE_AREA_AVERAGING);
        small.getGraphics().drawImage(scaled, 0, 0, null);
        return Arrays.stream(pixels(small))
                .flatMap(pixel -> Arrays.stream(new int[] {pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255}))
                .asDoubleStream()
                .toArray();
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
