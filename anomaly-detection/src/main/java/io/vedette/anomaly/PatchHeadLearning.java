package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.head.PatchHead;
import io.vedette.anomaly.head.PatchScorer;
import io.vedette.anomaly.head.PatchTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns a patch head on each fold's outside, so that what it says inside is honest. From labels alone the model is their
 * mean: heads of few photographs differ much by chance, and their mean does better than one head that has seen all
 * (docs/benchmarks.md). With named defects it is one head that has seen all.
 */
final class PatchHeadLearning {
    private final Material material;
    private final LearnerSettings settings;
    private final NDManager device;
    private final Progress progress;
    private final int[] rows;
    private final Folds folds;
    private final KindLearning kinds;

    /**
     * @param rows the examples to learn from
     * @param folds of the rows
     */
    PatchHeadLearning(
            Material material, int[] rows, Folds folds, LearnerSettings settings, NDManager device, Progress progress) {
        this.material = material;
        this.rows = rows;
        this.folds = folds;
        this.settings = settings;
        this.device = device;
        this.progress = progress;
        kinds = new KindLearning(material, device);
    }

    /**
     * @param scores of the rows, from heads that have not seen them
     * @param median of held-out normal cells
     * @param head the mean of those, or one that has seen all
     * @param finder null if there are no masks
     */
    record Part(double[] scores, double median, PatchHead head, DefectFinder finder) implements AutoCloseable {
        @Override
        public void close() {
            head.close();
        }
    }

    Part learn() {
        List<PatchHead> heads = heads();
        try {
            double[] scores = new double[rows.length];
            Median median = new Median();
            for (int fold = 0; fold < folds.count(); fold++) {
                kinds.learn(outside(fold));
                for (int i : folds.in(fold)) scores[i] = heldOut(heads.get(fold), rows[i], median);
            }
            kinds.learn(rows);
            PatchHead head = isOneForAll() ? heads.get(folds.count()).again() : PatchHead.mean(heads);
            return new Part(scores, median.get(), head, kinds.finder());
        } finally {
            heads.forEach(PatchHead::close);
        }
    }

    private int[] outside(int fold) {
        return Arrays.stream(folds.outside(fold)).map(i -> rows[i]).toArray();
    }

    /** The thresholds of kinds are those of single heads; a mean of heads is less sure of every cell, and finds less. */
    private boolean isOneForAll() {
        return kinds.count() > 0;
    }

    /** @return one for each fold, in their order, and, where there are kinds of defects, one of all rows */
    private List<PatchHead> heads() {
        int count = folds.count() + (isOneForAll() ? 1 : 0);
        List<HeadsAtOnce.Training> trainings = new ArrayList<>();
        for (int fold = 0; fold < count; fold++) {
            PatchTraining.Task task = task(fold < folds.count() ? outside(fold) : rows);
            long seed = settings.seed() + 31L * (fold + 1);
            trainings.add(step -> PatchTraining.train(task, seed, device, step));
        }
        long total = (long) count * settings.patchSteps();
        int threads = device.getDevice().isGpu() ? 1 : settings.threads();
        return new HeadsAtOnce(threads, done -> progress.at("Learning patches", done, total)).train(trainings);
    }

    private double heldOut(PatchHead head, int example, Median median) {
        Material.View view = material.views().get(example).get(0);
        try (NDManager scope = device.newSubManager()) {
            NDArray cells = material.read(scope, view);
            float[][] outputs = head.outputs(cells);
            if (!material.anomalous()[example]) median.add(outputs[0]);
            if (view.mask() != null) kinds.heldOut(outputs, cells, view.mask());
            return PatchScorer.top(outputs[0], head.share());
        }
    }

    private PatchTraining.Task task(int[] examples) {
        List<PatchTraining.Sample> samples = new ArrayList<>();
        for (int i : examples)
            for (Material.View view : material.views().get(i))
                samples.add(new PatchTraining.Sample(view.slot(), material.anomalous()[i], view.mask()));
        return new PatchTraining.Task(
                material.patches(),
                samples,
                kinds.count(),
                settings.patchSteps(),
                material.grid().height(),
                material.grid().width());
    }
}
