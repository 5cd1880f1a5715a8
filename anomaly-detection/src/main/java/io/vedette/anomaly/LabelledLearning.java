package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.calibration.HeatScale;
import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.head.Head;
import io.vedette.anomaly.head.LabelledHead;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.head.PatchHead;
import io.vedette.anomaly.head.PatchScorer;
import io.vedette.anomaly.head.PatchTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Learns from both classes: every part on each fold's outside, so that its scores inside are honest, then on all. */
final class LabelledLearning {
    private static final int FOLDS = 4;
    private static final int FOLDS_OF_MANY = 2;
    private static final int MANY = 2000;

    private final Material material;
    private final LearnerSettings settings;
    private final NDManager device;
    private final Progress progress;
    private final int[] rows;
    private final boolean[] anomalous;
    private final Folds folds;
    private final KindLearning kinds;
    private final Median median = new Median();

    LabelledLearning(Material material, LearnerSettings settings, NDManager device, Progress progress) {
        this.material = material;
        this.settings = settings;
        this.device = device;
        this.progress = progress;
        rows = material.withCells();
        anomalous = material.anomalous(rows);
        int anomalies = Labels.count(anomalous);
        int scarce = Math.min(anomalies, anomalous.length - anomalies);
        folds = Folds.stratified(
                anomalous, Math.min(scarce, rows.length > MANY ? FOLDS_OF_MANY : FOLDS), settings.seed());
        kinds = new KindLearning(material, device);
    }

    Learned learn() {
        Map<String, double[]> scores = new LinkedHashMap<>();
        if (wants("image-branch")) scores.put(Parts.IMAGE_BRANCH, imageBranchHeldOut());
        if (wants("patch-head")) scores.put(Parts.PATCH_HEAD, patchHeadHeldOut());
        Map<String, Blend> candidates = new LinkedHashMap<>();
        if (scores.size() == 2) candidates.put("fused", Blend.logistic(scores, anomalous));
        for (String part : List.of(Parts.PATCH_HEAD, Parts.IMAGE_BRANCH))
            if (scores.containsKey(part)) candidates.put(part, Blend.of(part));
        Choice choice = Choice.among(candidates, scores, anomalous);
        Calibration calibration = Calibration.ofLabelled(choice.scores(), anomalous);
        Parts parts = parts(scores.keySet());
        List<String> remarks = new ArrayList<>(material.remarks());
        if (choice.metrics().get(choice.learner()).rocAuc() < Labels.chance(anomalous))
            remarks.add("The model does no better than chance on held-out training images:"
                    + " check the labels, or whether the anomalies can be seen at this size.");
        return new Learned(
                choice.learner(),
                parts,
                candidates.get(choice.learner()),
                calibration,
                heat(scores.get(Parts.PATCH_HEAD)),
                scores.containsKey(Parts.PATCH_HEAD) ? kinds.finder() : null,
                folds.count(),
                choice.metrics(),
                remarks);
    }

    /** Whether the learner that was asked for needs this part. */
    private boolean wants(String part) {
        return settings.learner().equals(LearnerSettings.AUTO)
                || settings.learner().equals("fused")
                || settings.learner().equals(part);
    }

    private double[] imageBranchHeldOut() {
        double[] scores = new double[rows.length];
        for (int fold = 0; fold < folds.count(); fold++) {
            progress.at("Learning whole images", fold, folds.count() + 1L);
            Head head = imageBranch(pick(folds.outside(fold)));
            for (int i : folds.in(fold))
                scores[i] = head.score(material.pooled().get(rows[i]));
        }
        progress.at("Learning whole images", folds.count(), folds.count() + 1L);
        return scores;
    }

    private Head imageBranch(int[] examples) {
        return LabelledHead.learn(material.pooled(examples), material.anomalous(examples));
    }

    private int[] pick(int[] of) {
        int[] picked = new int[of.length];
        for (int i = 0; i < of.length; i++) picked[i] = rows[of[i]];
        return picked;
    }

    private double[] patchHeadHeldOut() {
        double[] scores = new double[rows.length];
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] outside = pick(folds.outside(fold));
            kinds.learn(outside);
            try (PatchHead head = patchHead(outside, fold)) {
                for (int i : folds.in(fold)) {
                    Material.View view = material.views().get(rows[i]).get(0);
                    try (NDManager scope = device.newSubManager()) {
                        NDArray cells = material.read(scope, view);
                        float[][] outputs = head.outputs(cells);
                        scores[i] = PatchScorer.top(outputs[0], head.share());
                        if (!anomalous[i]) median.add(outputs[0]);
                        if (view.mask() != null) kinds.heldOut(outputs, cells, view.mask());
                    }
                }
            }
        }
        return scores;
    }

    private PatchHead patchHead(int[] examples, int fold) {
        List<PatchTraining.Sample> samples = new ArrayList<>();
        for (int i : examples)
            for (Material.View view : material.views().get(i))
                samples.add(new PatchTraining.Sample(view.slot(), material.anomalous()[i], view.mask()));
        PatchTraining.Task task = new PatchTraining.Task(
                material.patches(),
                samples,
                kinds.count(),
                material.grid().height(),
                material.grid().width());
        long total = (folds.count() + 1L) * PatchTraining.STEPS;
        long[] done = {(long) fold * PatchTraining.STEPS};
        return PatchTraining.train(
                task,
                settings.seed() + 31L * (fold + 1),
                device,
                () -> progress.at("Learning patches", done[0]++, total));
    }

    private Parts parts(Iterable<String> names) {
        Parts parts = new Parts(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String name : names) {
            if (name.equals(Parts.IMAGE_BRANCH))
                parts.heads().put(name, LabelledHead.learn(material.pooled(), material.anomalous()));
            else parts.scorers().put(name, patchHead(rows, folds.count()));
        }
        kinds.learn(rows);
        return parts;
    }

    private HeatScale heat(double[] scores) {
        if (scores == null) return new HeatScale(Map.of());
        double level = Threshold.bestF1(scores, anomalous);
        return new HeatScale(Map.of(Parts.PATCH_HEAD, new HeatScale.Level(median.get(), level)));
    }
}
