package io.vedette.anomaly.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HeatMetricsTest {
    private record Image(float[] heat, boolean[] defects, int width) {}

    @Test
    void anyImagesMeasureAsInTheSlowTwin() {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            // Given
            List<Image> images = new ArrayList<>();
            HeatMetrics metrics = new HeatMetrics();
            for (int i = 0; i <= random.nextInt(3); i++) images.add(image(random));
            // When
            images.forEach(image -> metrics.add(image.heat, image.defects, image.width));
            // Then
            assertThat(metrics.rocAuc()).isCloseTo(slowRocAuc(images), within(1e-12));
            assertThat(metrics.bestF1()).isCloseTo(slowBestF1(images), within(1e-12));
            for (double limit : new double[] {0.05, 0.3, 1})
                assertThat(metrics.aupro(limit)).isCloseTo(slowAupro(images, limit), within(1e-9));
        }
    }

    /** Few different heats, so that there are ties, negative ones among them. */
    private static Image image(Random random) {
        int width = 1 + random.nextInt(7);
        int height = 1 + random.nextInt(7);
        float[] heat = new float[width * height];
        boolean[] defects = new boolean[width * height];
        for (int i = 0; i < heat.length; i++) {
            defects[i] = random.nextInt(3) == 0;
            heat[i] = (random.nextInt(8) - 3 + (defects[i] ? random.nextInt(3) : 0)) / 4f;
        }
        return new Image(heat, defects, width);
    }

    @Test
    void handMadeImageComesOutAsByHand() {
        // Given: three defects of one pixel in a row
        float[] heat = {9, 0, 5, 2, 0, 3};
        boolean[] defects = {true, false, false, true, false, true};
        HeatMetrics metrics = new HeatMetrics();
        // When
        metrics.add(heat, defects, 6);
        // Then
        assertThat(metrics.regions()).isEqualTo(3);
        assertThat(metrics.rocAuc()).isCloseTo((3 + 2 + 2) / 9.0, within(1e-12));
        // one defect is hot before the first sound pixel is, all three after it
        assertThat(metrics.aupro(2 / 3.0)).isCloseTo((1 / 3.0 * 1 / 3.0 + 1 / 3.0) / (2 / 3.0), within(1e-9));
    }

    @Test
    void pixelsThatTouchByACornerAreOneDefect() {
        boolean[] mask = {true, false, false, false, true, false, false, false, true, true, false, false};
        assertThat(Regions.in(mask, 3).sizes()).containsExactlyInAnyOrder(3, 1);
        assertThat(Regions.in(new boolean[] {true, false, true, true}, 4).sizes())
                .containsExactly(1, 2);
    }

    @Test
    void largeRegionsAreCountedWhole() {
        boolean[] everywhere = new boolean[500 * 400];
        Arrays.fill(everywhere, true);
        assertThat(Regions.in(everywhere, 500).sizes()).containsExactly(200_000);
    }

    @Test
    void absentClassMakesNoNaN() {
        HeatMetrics sound = new HeatMetrics();
        sound.add(new float[] {1, 2}, new boolean[2], 2);
        HeatMetrics defective = new HeatMetrics();
        defective.add(new float[] {1, 2}, new boolean[] {true, true}, 2);
        for (HeatMetrics metrics : List.of(sound, defective, new HeatMetrics())) {
            assertThat(metrics.rocAuc()).isZero();
            assertThat(metrics.aupro(0.3)).isZero();
        }
        assertThat(sound.bestF1()).isZero();
        assertThat(defective.bestF1()).isEqualTo(1);
    }

    @Test
    void equalHeatIsWorthChance() {
        HeatMetrics metrics = new HeatMetrics();
        metrics.add(new float[] {1, 1, 1, 1}, new boolean[] {true, false, false, false}, 4);
        assertThat(metrics.rocAuc()).isEqualTo(0.5);
        assertThat(metrics.aupro(0.3)).isCloseTo(0.15, within(1e-12));
    }

    @Test
    void heatsThatDifferByOnePartInAThousandAreToldApart() {
        HeatMetrics metrics = new HeatMetrics();
        metrics.add(
                new float[] {1.001f, 1, -1, -1.001f, 0, 2}, new boolean[] {true, false, true, false, true, true}, 6);
        assertThat(metrics.rocAuc()).isCloseTo(6 / 8.0, within(1e-12));
        assertThat(HeatMetrics.bin(0f)).isEqualTo(HeatMetrics.bin(-0f));
    }

    @Test
    void notANumberIsRefusedAndAddsNothing() {
        HeatMetrics metrics = new HeatMetrics();
        assertThatThrownBy(() -> metrics.add(new float[] {1, Float.NaN}, new boolean[] {true, false}, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(metrics.regions()).isZero();
        assertThatThrownBy(() -> metrics.add(new float[3], new boolean[2], 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double slowRocAuc(List<Image> images) {
        List<Float> hot = pixels(images, true);
        List<Float> cold = pixels(images, false);
        double wins = 0;
        for (float a : hot) for (float n : cold) wins += a > n ? 1 : a == n ? 0.5 : 0;
        return hot.isEmpty() || cold.isEmpty() ? 0 : wins / (hot.size() * (double) cold.size());
    }

    private static double slowBestF1(List<Image> images) {
        double best = 0;
        for (float threshold : pixels(images, true)) {
            double hits =
                    pixels(images, true).stream().filter(h -> h >= threshold).count();
            double alarms =
                    pixels(images, false).stream().filter(h -> h >= threshold).count();
            best = Math.max(
                    best, 2 * hits / (hits + alarms + pixels(images, true).size()));
        }
        return best;
    }

    /** The curve's points by going through all images at each threshold, then its area on a grid of lines. */
    private static double slowAupro(List<Image> images, double limit) {
        List<Float> sound = pixels(images, false);
        List<double[]> points = new ArrayList<>(List.of(new double[] {0, 0}));
        TreeSet<Float> thresholds = new TreeSet<>(pixels(images, true));
        thresholds.addAll(sound);
        List<boolean[][]> regions =
                images.stream().map(HeatMetricsTest::slowRegions).toList();
        if (sound.isEmpty() || pixels(images, true).isEmpty()) return 0;
        for (float threshold : thresholds.descendingSet()) {
            double shares = 0;
            int count = 0;
            for (int i = 0; i < images.size(); i++)
                for (boolean[] region : regions.get(i)) {
                    int inside = 0;
                    int hot = 0;
                    for (int at = 0; at < region.length; at++)
                        if (region[at]) {
                            inside++;
                            if (images.get(i).heat[at] >= threshold) hot++;
                        }
                    shares += (double) hot / inside;
                    count++;
                }
            double falsely = sound.stream().filter(h -> h >= threshold).count() / (double) sound.size();
            points.add(new double[] {falsely, shares / count});
        }
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            double[] from = points.get(i - 1);
            double[] to = points.get(i);
            if (from[0] >= limit || to[0] == from[0]) continue;
            double end = Math.min(limit, to[0]);
            double height = from[1] + (to[1] - from[1]) * (end - from[0]) / (to[0] - from[0]);
            area += (end - from[0]) * (from[1] + height) / 2;
        }
        return area / limit;
    }

    /** Every pixel takes the least number of its neighbourhood until nothing changes. */
    private static boolean[][] slowRegions(Image image) {
        int width = image.width;
        int[] of = new int[image.defects.length];
        for (int i = 0; i < of.length; i++) of[i] = i;
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int a = 0; a < of.length; a++)
                for (int b = 0; b < of.length; b++) {
                    boolean touch = Math.abs(a % width - b % width) <= 1 && Math.abs(a / width - b / width) <= 1;
                    if (touch && image.defects[a] && image.defects[b] && of[b] < of[a]) {
                        of[a] = of[b];
                        changed = true;
                    }
                }
        }
        List<boolean[]> regions = new ArrayList<>();
        for (int number = 0; number < of.length; number++) {
            boolean[] region = new boolean[of.length];
            boolean any = false;
            for (int i = 0; i < of.length; i++) {
                region[i] = image.defects[i] && of[i] == number;
                any |= region[i];
            }
            if (any) regions.add(region);
        }
        return regions.toArray(boolean[][]::new);
    }

    private static List<Float> pixels(List<Image> images, boolean defective) {
        List<Float> heats = new ArrayList<>();
        for (Image image : images)
            for (int i = 0; i < image.heat.length; i++) if (image.defects[i] == defective) heats.add(image.heat[i]);
        return heats;
    }
}
