package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.head.LabelledHead;
import io.vedette.anomaly.head.PatchHead;
import io.vedette.anomaly.head.PatchScorer;
import io.vedette.anomaly.head.PatchTraining;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Choices of the learners that take labels, by nested cross-validation on training images alone, with
 * {@code -Dvedette.rules=SET}, the folder of one set: where to set the threshold, judged with the image branch on parts of
 * the set; and whether the mean of the folds' patch heads is better than one head learned from all.
 */
class LabelledRulesBench {
    private static final String SET = System.getProperty("vedette.rules");
    private static final String BACKBONE = System.getProperty("vedette.figures.only", "mobilenet-v2");
    private static final int FOLDS = 4;
    private static final int ROUNDS = 25;
    private static final int SEEDS = Integer.getInteger("vedette.rules.seeds", 1);
    /** Normals and anomalies to learn from. */
    private static final int[][] SIZES = {{8, 8}, {15, 15}, {29, 29}, {30, 7}, {10, 30}};

    @Test
    void rulesAreCompared() throws IOException {
        assumeTrue(SET != null, "compared only with -Dvedette.rules=SET");
        List<Example> examples = RealPhotographs.examples(Path.of(SET), "train", false);
        String name = Path.of(SET).getFileName() + " " + BACKBONE;
        try (Learner learner = new Learner(new LearnerSettings(BACKBONE, 384, 0, 2, "cpu"));
                Learner.Lesson lesson = learner.look(examples, RealPhotographs.SILENT)) {
            Material material = lesson.material();
            for (int[] size : SIZES) {
                String figures = thresholds(material, size);
                if (figures != null)
                    System.out.printf("RULES %s threshold, %d + %d: %s%n", name, size[0], size[1], figures);
            }
            for (int seed = 0; seed < SEEDS; seed++)
                System.out.printf("RULES %s seed %d heads: %s%n", name, seed, heads(material, learner, seed));
        }
        assertThat(examples).isNotEmpty();
    }

    /** F1 on the images left out, counted as if they had the share of anomalies that was learned from. */
    private static String thresholds(Material material, int[] size) {
        double[] f1 = new double[3];
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> normals = shuffled(material, false, round);
            List<Integer> anomalies = shuffled(material, true, round);
            if (normals.size() <= size[0] || anomalies.size() <= size[1]) return null;
            List<Integer> in = new ArrayList<>(normals.subList(0, size[0]));
            in.addAll(anomalies.subList(0, size[1]));
            int[] rows = in.stream().mapToInt(i -> i).toArray();
            boolean[] labels = material.anomalous(rows);
            double[] scores = outOfFold(material, rows, round);
            LabelledHead head = LabelledHead.learn(material.pooled(rows), labels);
            double[] good = scores(head, material, normals.subList(size[0], normals.size()));
            double[] bad = scores(head, material, anomalies.subList(size[1], anomalies.size()));
            double ratio = (double) size[0] / size[1];
            f1[0] += f1(good, bad, Threshold.bestF1(scores, labels), ratio) / ROUNDS;
            f1[1] += f1(good, bad, Threshold.steadyF1(scores, labels), ratio) / ROUNDS;
            f1[2] += Arrays.stream(bad)
                            .map(cut -> f1(good, bad, cut, ratio))
                            .max()
                            .orElseThrow()
                    / ROUNDS;
        }
        return String.format("F1 best %.3f, steady %.3f, possible %.3f", f1[0], f1[1], f1[2]);
    }

    private static List<Integer> shuffled(Material material, boolean anomalous, int round) {
        List<Integer> members = new ArrayList<>(IntStream.range(0, material.anomalous().length)
                .filter(i -> material.anomalous()[i] == anomalous)
                .boxed()
                .toList());
        Collections.shuffle(members, new Random(round));
        return members;
    }

    private static double[] outOfFold(Material material, int[] rows, int seed) {
        Folds folds = Folds.stratified(material.anomalous(rows), FOLDS, seed);
        double[] scores = new double[rows.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            int[] outside = Arrays.stream(folds.outside(fold)).map(i -> rows[i]).toArray();
            LabelledHead head = LabelledHead.learn(material.pooled(outside), material.anomalous(outside));
            for (int i : folds.in(fold))
                scores[i] = head.score(material.pooled().get(rows[i]));
        }
        return scores;
    }

    private static double[] scores(LabelledHead head, Material material, List<Integer> of) {
        return of.stream()
                .mapToDouble(i -> head.score(material.pooled().get(i)))
                .toArray();
    }

    private static double f1(double[] good, double[] bad, double threshold, double ratio) {
        double found = Arrays.stream(bad).filter(s -> s >= threshold).count() / (double) bad.length;
        double alarms = Arrays.stream(good).filter(s -> s >= threshold).count() / (double) good.length;
        return 2 * found / (found + ratio * alarms + 1);
    }

    /** Four outer parts; in each, four heads as training makes them, and one that has seen all that they saw together. */
    private static String heads(Material material, Learner learner, int seed) {
        Folds outer = Folds.stratified(material.anomalous(), FOLDS, 100 + seed);
        double[] area = new double[3];
        for (int part = 0; part < FOLDS; part++) {
            int[] in = outer.outside(part);
            int[] out = outer.in(part);
            boolean[] labels = material.anomalous(out);
            Folds folds = Folds.stratified(material.anomalous(in), FOLDS, seed);
            double[] mean = new double[out.length];
            for (int fold = 0; fold <= FOLDS; fold++) {
                int[] rows = fold == FOLDS
                        ? in
                        : Arrays.stream(folds.outside(fold)).map(i -> in[i]).toArray();
                double[] scores = patchScores(material, learner, rows, out, seed + 31L * (fold + 1));
                area[fold == FOLDS ? 1 : 0] +=
                        ImageMetrics.of(scores, labels, 0).rocAuc() / FOLDS / (fold == FOLDS ? 1 : FOLDS);
                if (fold < FOLDS) for (int i = 0; i < mean.length; i++) mean[i] += scores[i] / FOLDS;
            }
            area[2] += ImageMetrics.of(mean, labels, 0).rocAuc() / FOLDS;
        }
        return String.format("AUROC each %.4f, one of all %.4f, mean of four %.4f", area[0], area[1], area[2]);
    }

    private static double[] patchScores(Material material, Learner learner, int[] rows, int[] out, long seed) {
        List<PatchTraining.Sample> samples = new ArrayList<>();
        for (int i : rows)
            samples.add(new PatchTraining.Sample(material.views().get(i).get(0).slot(), material.anomalous()[i], null));
        PatchTraining.Task task = new PatchTraining.Task(
                material.patches(),
                samples,
                0,
                LearnerSettings.PATCH_STEPS,
                material.grid().height(),
                material.grid().width());
        double[] scores = new double[out.length];
        try (PatchHead head = PatchTraining.train(task, seed, learner.manager(), () -> {})) {
            for (int i = 0; i < out.length; i++)
                try (NDManager scope = learner.manager().newSubManager()) {
                    var cells =
                            material.read(scope, material.views().get(out[i]).get(0));
                    scores[i] = PatchScorer.top(head.score(cells), head.share());
                }
        }
        return scores;
    }
}
