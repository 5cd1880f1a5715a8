package io.vedette.anomaly;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares rules for the threshold of models from normals only, with {@code -Dvedette.thresholds=FOLDER}, the folder of the
 * sets. Rules are to be judged by "train": a part of the training normals is held out and scored beside the training
 * anomalies, which nothing was learned from. "test" is what the test images say, for the record.
 */
class NormalsThresholdBench {
    private static final String SETS = System.getProperty("vedette.thresholds");
    private static final String ONLY = System.getProperty("vedette.figures.only", "");
    private static final int OUTER = 2;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "aliens mobilenet-v2",
                "cookie mobilenet-v2",
                "piped_paper_rl mobilenet-v2",
                "aliens inception-v3",
                "cookie inception-v3",
                "piped_paper_rl inception-v3"
            })
    void compareRules(String name) throws IOException {
        assumeTrue(SETS != null, "measured only with -Dvedette.thresholds=FOLDER");
        assumeTrue(name.contains(ONLY));
        String[] words = name.split(" ");
        int threads = Integer.getInteger("vedette.figures.threads", 2);
        LearnerSettings settings = new LearnerSettings(words[1], 384, 0, threads, "cpu")
                .withLearner("normals-ensemble")
                .withCopies(Integer.getInteger("vedette.figures.copies", 0));
        try (Measured measured = new Measured(Path.of(SETS, words[0]), settings, false)) {
            Material material = measured.train;
            int[] all = IntStream.range(0, material.anomalous().length).toArray();
            int[] normals =
                    Arrays.stream(all).filter(i -> !material.anomalous()[i]).toArray();
            int[] anomalies =
                    Arrays.stream(all).filter(i -> material.anomalous()[i]).toArray();
            Folds outer = Folds.stratified(new boolean[normals.length], OUTER, 1);
            for (int fold = 0; fold < OUTER; fold++) {
                int[] in =
                        Arrays.stream(outer.outside(fold)).map(i -> normals[i]).toArray();
                int[] out = Arrays.stream(outer.in(fold)).map(i -> normals[i]).toArray();
                Trial trial = new Trial(measured, in);
                int[] asked = IntStream.concat(Arrays.stream(out), Arrays.stream(anomalies))
                        .toArray();
                trial.report(name + " train " + fold, trial.training(asked), material.anomalous(asked));
            }
            Trial trial = new Trial(measured, normals);
            trial.report(name + " test", trial.tests(), measured.anomalous);
        }
    }

    /** Parts from some normals, with what these got held out in five folds, and with a defect invented in five. */
    private static final class Trial {
        private final Measured measured;
        private final int[] normals;
        private final NormalsLearning learning;
        private final Parts parts;
        private final Map<String, double[]> five = new LinkedHashMap<>();
        private final Map<String, double[]> invented = new LinkedHashMap<>();

        Trial(Measured measured, int[] normals) {
            this.measured = measured;
            this.normals = normals;
            learning = new NormalsLearning(
                    measured.train,
                    normals,
                    measured.settings,
                    measured.backbone.manager(),
                    Measured.SILENT,
                    new Shared());
            heldOut(5, five, invented);
            parts = learning.parts(normals, 5);
        }

        private void heldOut(int count, Map<String, double[]> plain, Map<String, double[]> spoilt) {
            Folds folds = Folds.stratified(new boolean[normals.length], count, 0);
            for (int fold = 0; fold < count; fold++) {
                int[] outside =
                        Arrays.stream(folds.outside(fold)).map(i -> normals[i]).toArray();
                try (Parts of = learning.parts(outside, fold)) {
                    for (int i : folds.in(fold)) {
                        keep(read(of, normals[i], null), plain, i);
                        keep(read(of, normals[i], new Random(i)), spoilt, i);
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
            Material material = measured.train;
            try (var scope = measured.backbone.scope()) {
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

        List<Parts.Reading> training(int[] examples) {
            return Arrays.stream(examples).mapToObj(i -> read(parts, i, null)).toList();
        }

        List<Parts.Reading> tests() {
            return measured.read(parts);
        }

        void report(String what, List<Parts.Reading> readings, boolean[] anomalous) {
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
                rules(blend.ofAll(five), blend.ofAll(invented)).forEach((rule, threshold) -> {
                    ImageMetrics m = ImageMetrics.of(scores, anomalous, threshold);
                    double alarms = (double) m.fp() / (m.fp() + m.tn());
                    line.append(String.format(" %s=%.3f/%.2f", rule, m.f1(), alarms));
                });
                System.out.println(line);
            });
        }
    }

    /** Thresholds by rule, from scores of held-out normals. */
    private static Map<String, Double> rules(double[] five, double[] invented) {
        Map<String, Double> rules = new LinkedHashMap<>();
        double mean = Arrays.stream(five).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(five).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        double median = Threshold.quantile(five, 0.5);
        double mad = 1.4826
                * Threshold.quantile(
                        Arrays.stream(five).map(v -> Math.abs(v - median)).toArray(), 0.5);
        rules.put("q99", Threshold.quantile(five, 0.99));
        rules.put("q95", Threshold.quantile(five, 0.95));
        rules.put("q90", Threshold.quantile(five, 0.90));
        rules.put("q80", Threshold.quantile(five, 0.80));
        rules.put("conformal90", conformal(five, 0.9));
        rules.put("mean+2sd", mean + 2 * deviation);
        rules.put("mean+1sd", mean + deviation);
        rules.put("med+2mad", median + 2 * mad);
        rules.put("med+3mad", median + 3 * mad);
        rules.put("invented", bestAgainst(five, invented));
        rules.put("invented>q80", Math.max(Threshold.quantile(five, 0.80), bestAgainst(five, invented)));
        rules.put("invented<q90", Math.min(Threshold.quantile(five, 0.90), bestAgainst(five, invented)));
        return rules;
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
