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
 * Learns a patch head on each fold's outside, so that what it says inside is honest. The model is their mean: heads of few
 * photographs differ much by chance, and their mean does better than one head that has seen all (docs/benchmarks.md).
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
     * @param head the mean of those
     * @param finder null if there are no masks
     */
    record Part(double[] scores, double median, PatchHead head, DefectFinder finder) implements AutoCloseable {
        @Override
        public void close() {
            head.close();
        }
    }

    Part learn() {
        double[] scores = new double[rows.length];
        Median median = new Median();
        List<PatchHead> heads = new ArrayList<>();
        try {
            for (int fold = 0; fold < folds.count(); fold++) {
                int[] outside =
                        Arrays.stream(folds.outside(fold)).map(i -> rows[i]).toArray();
                kinds.learn(outside);
                PatchHead head = head(outside, fold);
                heads.add(head);
                for (int i : folds.in(fold)) scores[i] = heldOut(head, rows[i], median);
            }
            kinds.learn(rows);
            return new Part(scores, median.get(), PatchHead.mean(heads), kinds.finder());
        } finally {
            heads.forEach(PatchHead::close);
        }
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

    private PatchHead head(int[] examples, int fold) {
        List<PatchTraining.Sample> samples = new ArrayList<>();
        for (int i : examples)
            for (Material.View view : material.views().get(i))
                samples.add(new PatchTraining.Sample(view.slot(), material.anomalous()[i], view.mask()));
        int steps = settings.patchSteps();
        PatchTraining.Task task = new PatchTraining.Task(
                material.patches(),
                samples,
                kinds.count(),
                steps,
                material.grid().height(),
                material.grid().width());
        long total = (long) folds.count() * steps;
        long[] done = {(long) fold * steps};
        return PatchTraining.train(
                task,
                settings.seed() + 31L * (fold + 1),
                device,
                () -> progress.at("Learning patches", done[0]++, total));
    }
}
