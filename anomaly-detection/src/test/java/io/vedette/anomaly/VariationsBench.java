package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.head.LogisticRegression;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How many variations of each photograph and how many steps the patch head needs, by cross-validation on training images
 * alone, with {@code -Dvedette.variations=SET}, the folder of one set.
 */
class VariationsBench {
    private static final String SET = System.getProperty("vedette.variations");
    private static final String BACKBONE = System.getProperty("vedette.figures.only", "mobilenet-v2");
    private static final int FOLDS = 4;
    private static final int MOST = 3;
    /** Variations, steps. */
    private static final int[][] WAYS = {{0, 120}, {3, 120}, {1, 80}, {1, 120}, {3, 80}, {0, 80}, {0, 40}};

    @Test
    void variationsAndStepsAreCompared() throws IOException {
        assumeTrue(SET != null, "compared only with -Dvedette.variations=SET");
        Path set = Path.of(SET);
        LearnerSettings settings = new LearnerSettings(BACKBONE, 384, 0, 2, "cpu").withCopies(MOST);
        List<Example> examples = RealPhotographs.examples(set, "train", true);
        boolean[] labels = Labels.of(examples);
        try (Learner learner = new Learner(settings);
                Learner.Lesson lesson = learner.look(examples, RealPhotographs.SILENT)) {
            for (int[] way : WAYS) {
                String row = row(lesson.material(), labels, way[0], settings.withPatchSteps(way[1]), learner);
                System.out.printf(
                        "VARIATIONS %s %s copies %d steps %d: %s%n", set.getFileName(), BACKBONE, way[0], way[1], row);
            }
        }
        assertThat(labels).isNotEmpty();
    }

    private static String row(Material all, boolean[] labels, int copies, LearnerSettings settings, Learner learner) {
        Material some = new Material(
                all.pooled(),
                all.anomalous(),
                all.views().stream().map(of -> of.subList(0, 1 + copies)).collect(Collectors.toList()),
                all.kinds(),
                all.images(),
                all.grid(),
                all.projection(),
                all.patches(),
                all.remarks());
        int[] rows = all.withCells();
        Folds folds = Folds.stratified(all.anomalous(rows), FOLDS, settings.seed());
        long start = System.nanoTime();
        try (PatchHeadLearning.Part part =
                new PatchHeadLearning(some, rows, folds, settings, learner.manager(), RealPhotographs.SILENT).learn()) {
            double seconds = (System.nanoTime() - start) / 1e9;
            double[] scores = part.scores();
            ImageMetrics metrics = ImageMetrics.of(scores, labels, Threshold.bestF1(scores, labels));
            String pixels = part.finder() == null
                    ? "none"
                    : part.finder().kinds().stream()
                            .map(kind -> String.format("%.3f", kind.pixelF1()))
                            .collect(Collectors.joining(", "));
            return String.format(
                    "AUROC %.4f, F1 %.3f, log loss %.4f, pixel F1 %s, %.0f s",
                    metrics.rocAuc(), metrics.f1(), logLoss(scores, labels), pixels, seconds);
        }
    }

    /** Of probabilities that a weakly regularised logistic curve makes of the scores: smaller where classes lie further apart. */
    private static double logLoss(double[] scores, boolean[] labels) {
        double mean = Arrays.stream(scores).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(scores)
                .map(s -> (s - mean) * (s - mean))
                .average()
                .orElseThrow());
        double[][] x = Arrays.stream(scores)
                .mapToObj(s -> new double[] {(s - mean) / spread})
                .toArray(double[][]::new);
        double[] targets = new double[labels.length];
        double[] shares = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = labels[i] ? 1 : 0;
            shares[i] = 1;
        }
        LogisticRegression fit = LogisticRegression.fit(x, targets, shares, 1);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double z = fit.weights()[0] * x[i][0] + fit.bias();
            sum += Math.log1p(Math.exp(labels[i] ? -z : z));
        }
        return sum / labels.length;
    }
}
