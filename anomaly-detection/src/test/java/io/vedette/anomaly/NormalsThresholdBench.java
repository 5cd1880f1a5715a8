package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.Pixels;
import io.vedette.anomaly.image.Variation;
import io.vedette.anomaly.metric.ImageMetrics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compares rules for the threshold of models from normals only, on training images alone, with
 * {@code -Dvedette.thresholds=SET}, the folder of one set: half of the training normals is held out and scored beside the
 * training anomalies, which nothing was learned from.
 */
class NormalsThresholdBench {
    private static final String SET = System.getProperty("vedette.thresholds");
    private static final String BACKBONE = System.getProperty("vedette.figures.only", "mobilenet-v2");
    private static final int SEEDS = Integer.getInteger("vedette.thresholds.seeds", 1);
    private static final int OUTER = 2;
    private static final int SIDE = 384;

    @Test
    void rulesAreCompared() throws IOException {
        assumeTrue(SET != null, "compared only with -Dvedette.thresholds=SET");
        List<Example> examples = withVariations(RealPhotographs.examples(Path.of(SET), "train", false));
        LearnerSettings settings = new LearnerSettings(BACKBONE, SIDE, 0, 2, "cpu").withLearner("normals-ensemble");
        String name = Path.of(SET).getFileName() + " " + BACKBONE;
        try (Learner learner = new Learner(settings);
                Learner.Lesson lesson = learner.look(examples, RealPhotographs.SILENT)) {
            Material material = lesson.material();
            int originals = examples.size() / 2;
            int[] normals = members(material, originals, false);
            int[] anomalies = members(material, originals, true);
            for (int seed = 1; seed <= SEEDS; seed++) {
                Folds outer = Folds.stratified(new boolean[normals.length], OUTER, seed);
                for (int fold = 0; fold < OUTER; fold++) {
                    int[] in = Arrays.stream(outer.outside(fold))
                            .map(i -> normals[i])
                            .toArray();
                    IntStream out = Arrays.stream(outer.in(fold)).map(i -> normals[i]);
                    int[] asked =
                            IntStream.concat(out, Arrays.stream(anomalies)).toArray();
                    new Trial(material, learner, settings, in)
                            .report(name + " seed " + seed + " half " + fold, asked, material.anomalous(asked));
                }
            }
        }
        assertThat(examples).isNotEmpty();
    }

    private static int[] members(Material material, int originals, boolean anomalous) {
        return IntStream.range(0, originals)
                .filter(i -> material.anomalous()[i] == anomalous)
                .toArray();
    }

    /** The pictures as the network gets them, then of each a turned, moved and relit one, all as photographs. */
    private static List<Example> withVariations(List<Example> examples) {
        List<Example> all = new ArrayList<>();
        List<Example> varied = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(0);
        for (Example example : examples) {
            var file = Pictures.open(example.photograph());
            Pixels pixels = Pictures.decode(file, SIDE, file.dimensions(), "");
            String name = example.photograph().name();
            all.add(new Example(photograph(name, pixels), example.anomalous()));
            Pixels other = Variation.drawn(random).of(pixels);
            varied.add(new Example(photograph(name + " varied", other), example.anomalous()));
        }
        all.addAll(varied);
        return all;
    }

    private static Photograph photograph(String name, Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < pixels.width() * pixels.height(); i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++)
                rgb = rgb << 8 | Math.round(255 * Math.min(1, Math.max(0, pixels.rgb()[3 * i + c])));
            image.setRGB(i % pixels.width(), i / pixels.width(), rgb);
        }
        return SamplePhotographs.photograph(name, SamplePhotographs.png(image));
    }

    /** Parts from some normals, with what these got held out in five folds, also varied, and with an invented defect. */
    private static final class Trial {
        private final Material material;
        private final Learner learner;
        private final int[] normals;
        private final NormalsLearning learning;
        private final Parts parts;
        private final Map<String, double[]> five = new LinkedHashMap<>();
        private final Map<String, double[]> varied = new LinkedHashMap<>();
        private final Map<String, double[]> invented = new LinkedHashMap<>();

        Trial(Material material, Learner learner, LearnerSettings settings, int[] normals) {
            this.material = material;
            this.learner = learner;
            this.normals = normals;
            learning = new NormalsLearning(
                    material, normals, settings, learner.manager(), RealPhotographs.SILENT, new Shared());
            heldOut(5);
            parts = learning.parts(normals, 5);
        }

        private void heldOut(int count) {
            Folds folds = Folds.stratified(new boolean[normals.length], count, 0);
            int originals = material.anomalous().length / 2;
            for (int fold = 0; fold < count; fold++) {
                int[] outside =
                        Arrays.stream(folds.outside(fold)).map(i -> normals[i]).toArray();
                try (Parts of = learning.parts(outside, fold)) {
                    for (int i : folds.in(fold)) {
                        keep(read(of, normals[i], null), five, i);
                        keep(read(of, originals + normals[i], null), varied, i);
                        keep(read(of, normals[i], new Random(i)), invented, i);
                    }
                }
            }
        }

        private void keep(Parts.Reading reading, Map<String, double[]> into, int i) {
            reading.scores()
                    .forEach((name, score) -> into.computeIfAbsent(name, n -> new double[normals.length])[i] = score);
        }

        /** @param spoil null, or where to draw the place, size and origin of a block of foreign cells from */
        private Parts.Reading read(Parts of, int example, Random spoil) {
            try (var scope = learner.manager().newSubManager()) {
                NDArray cells =
                        material.read(scope, material.views().get(example).get(0));
                if (spoil != null) {
                    int other = normals[spoil.nextInt(normals.length)];
                    NDArray foreign =
                            material.read(scope, material.views().get(other).get(0));
                    cells = spoilt(cells, foreign, material.grid(), spoil);
                }
                return of.read(material.pooled().get(example), cells);
            }
        }

        /** A square of 2 to 6 % of the cells, from elsewhere in another picture (as CutPaste, arXiv:2104.04015, in features). */
        private static NDArray spoilt(NDArray cells, NDArray foreign, Dimensions grid, Random random) {
            int d = (int) cells.getShape().get(1);
            float[] to = cells.toFloatArray();
            float[] from = foreign.toFloatArray();
            int side = (int) Math.max(1, Math.sqrt((0.02 + 0.04 * random.nextDouble()) * grid.width() * grid.height()));
            int x = random.nextInt(grid.width() - side);
            int y = random.nextInt(grid.height() - side);
            int fx = random.nextInt(grid.width() - side);
            int fy = random.nextInt(grid.height() - side);
            for (int row = 0; row < side; row++)
                System.arraycopy(
                        from, ((fy + row) * grid.width() + fx) * d, to, ((y + row) * grid.width() + x) * d, side * d);
            return cells.getManager().create(to, cells.getShape());
        }

        void report(String what, int[] examples, boolean[] anomalous) {
            List<Parts.Reading> readings =
                    Arrays.stream(examples).mapToObj(i -> read(parts, i, null)).toList();
            parts.close();
            Map<String, Blend> blends = new LinkedHashMap<>();
            blends.put("ensemble", Blend.meanOfDeviations(five));
            for (String part : five.keySet()) blends.put(part, Blend.of(part));
            blends.forEach((learner, blend) -> {
                double[] scores =
                        readings.stream().mapToDouble(r -> blend.of(r.scores())).toArray();
                double best = ImageMetrics.of(scores, anomalous, Threshold.bestF1(scores, anomalous))
                        .f1();
                StringBuilder line = new StringBuilder(String.format(
                        "THRESHOLD %s %s AUROC %.3f best %.3f:",
                        what, learner, ImageMetrics.of(scores, anomalous, 0).rocAuc(), best));
                rules(blend.ofAll(five), blend.ofAll(varied), blend.ofAll(invented))
                        .forEach((rule, threshold) -> {
                            ImageMetrics m = ImageMetrics.of(scores, anomalous, threshold);
                            double alarms = (double) m.fp() / (m.fp() + m.tn());
                            line.append(String.format(" %s=%.3f/%.2f", rule, m.f1(), alarms));
                        });
                System.out.println(line);
            });
        }
    }

    /** Thresholds by rule, from scores of held-out normals, of the same varied, and with an invented defect. */
    private static Map<String, Double> rules(double[] five, double[] varied, double[] invented) {
        Map<String, Double> rules = new LinkedHashMap<>();
        double mean = mean(five);
        double deviation = Math.sqrt(
                mean(Arrays.stream(five).map(v -> (v - mean) * (v - mean)).toArray()));
        double[] both =
                DoubleStream.concat(Arrays.stream(five), Arrays.stream(varied)).toArray();
        for (double share : new double[] {0.99, 0.95, 0.9, 0.8})
            rules.put("q" + Math.round(100 * share), Threshold.quantile(five, share));
        rules.put("conformal90", conformal(five, 0.9));
        rules.put("mean+2sd", mean + 2 * deviation);
        rules.put("mean+1sd", mean + deviation);
        rules.put("med+2mad", robust(five, 2));
        rules.put("med+2.5mad", robust(five, 2.5));
        rules.put("med+3mad", robust(five, 3));
        rules.put("gumbel95", gumbel(mean, deviation, 0.95));
        rules.put("gumbel90", gumbel(mean, deviation, 0.9));
        rules.put("gpd95", pareto(five, 0.95));
        rules.put("gpd90", pareto(five, 0.9));
        rules.put("varied-med+2mad", robust(both, 2));
        rules.put("varied-q95", Threshold.quantile(both, 0.95));
        rules.put("varied-q90", Threshold.quantile(both, 0.9));
        rules.put("invented", bestAgainst(five, invented));
        rules.put("invented>q80", Math.max(Threshold.quantile(five, 0.80), bestAgainst(five, invented)));
        return rules;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double robust(double[] scores, double deviations) {
        double median = Threshold.quantile(scores, 0.5);
        double[] distances =
                Arrays.stream(scores).map(v -> Math.abs(v - median)).toArray();
        return median + deviations * 1.4826 * Threshold.quantile(distances, 0.5);
    }

    /** Of the extreme value distribution with this mean and deviation. */
    private static double gumbel(double mean, double deviation, double share) {
        double scale = deviation * Math.sqrt(6) / Math.PI;
        return mean - 0.5772156649 * scale - scale * Math.log(-Math.log(share));
    }

    /** Of a generalised Pareto distribution through what exceeds the median, by its moments (Hosking and Wallis 1987). */
    private static double pareto(double[] scores, double share) {
        double median = Threshold.quantile(scores, 0.5);
        double[] over = Arrays.stream(scores)
                .filter(v -> v > median)
                .map(v -> v - median)
                .toArray();
        double mean = mean(over);
        double variance =
                mean(Arrays.stream(over).map(v -> (v - mean) * (v - mean)).toArray());
        double ratio = mean * mean / variance;
        double shape = (1 - ratio) / 2;
        double scale = mean * (1 + ratio) / 2;
        double beyond = 2 * (1 - share);
        return Math.abs(shape) < 1e-6
                ? median - scale * Math.log(beyond)
                : median + scale / shape * (Math.pow(beyond, -shape) - 1);
    }

    /** The smallest score that a share of one more normal picture would stay below. */
    private static double conformal(double[] scores, double share) {
        double[] rising = scores.clone();
        Arrays.sort(rising);
        int rank = (int) Math.ceil(share * (rising.length + 1));
        return rising[Math.min(rank, rising.length) - 1];
    }

    private static double bestAgainst(double[] normal, double[] invented) {
        double[] all = Arrays.copyOf(normal, normal.length + invented.length);
        System.arraycopy(invented, 0, all, normal.length, invented.length);
        boolean[] anomalous = new boolean[all.length];
        Arrays.fill(anomalous, normal.length, all.length, true);
        return Threshold.bestF1(all, anomalous);
    }
}
