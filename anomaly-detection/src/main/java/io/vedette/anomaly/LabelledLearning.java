package io.vedette.anomaly;

import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.calibration.HeatScale;
import io.vedette.anomaly.calibration.Threshold;
import io.vedette.anomaly.head.Head;
import io.vedette.anomaly.head.LabelledHead;
import io.vedette.anomaly.head.Parts;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final Shared shared;
    private final int[] rows;
    private final boolean[] anomalous;
    private final Folds folds;

    /** @param shared what was learned before from the same material with the same settings but for the learner */
    LabelledLearning(Material material, LearnerSettings settings, NDManager device, Progress progress, Shared shared) {
        this.material = material;
        this.settings = settings;
        this.device = device;
        this.progress = progress;
        this.shared = shared;
        rows = material.withCells();
        anomalous = material.anomalous(rows);
        int anomalies = Labels.count(anomalous);
        int scarce = Math.min(anomalies, anomalous.length - anomalies);
        folds = Folds.stratified(
                anomalous, Math.min(scarce, rows.length > MANY ? FOLDS_OF_MANY : FOLDS), settings.seed());
    }

    /** @param scores of the rows, from heads that have not seen them */
    private record ImagePart(double[] scores, Head head) implements AutoCloseable {
        @Override
        public void close() {
            // holds nothing native
        }
    }

    Learned learn() {
        Map<String, double[]> scores = new LinkedHashMap<>();
        Parts parts = new Parts(new LinkedHashMap<>(), new LinkedHashMap<>());
        if (wants(Parts.IMAGE_BRANCH)) {
            ImagePart image = shared.once(Parts.IMAGE_BRANCH, this::imageBranch);
            scores.put(Parts.IMAGE_BRANCH, image.scores);
            parts.heads().put(Parts.IMAGE_BRANCH, image.head);
        }
        PatchHeadLearning.Part patches = null;
        if (wants(Parts.PATCH_HEAD)) {
            patches = shared.once(Parts.PATCH_HEAD, this::patchHead);
            scores.put(Parts.PATCH_HEAD, patches.scores());
            parts.scorers().put(Parts.PATCH_HEAD, patches.head().again());
        }
        Map<String, Blend> candidates = new LinkedHashMap<>();
        if (scores.size() == 2) candidates.put("fused", Blend.logistic(scores, anomalous));
        for (String part : List.of(Parts.PATCH_HEAD, Parts.IMAGE_BRANCH))
            if (scores.containsKey(part)) candidates.put(part, Blend.of(part));
        Choice choice = Choice.among(candidates, scores, anomalous);
        return new Learned(
                choice.learner(),
                parts,
                candidates.get(choice.learner()),
                Calibration.ofLabelled(choice.scores(), anomalous),
                heat(patches),
                patches == null ? null : patches.finder(),
                folds.count(),
                choice.metrics(),
                remarks(choice));
    }

    private List<String> remarks(Choice choice) {
        List<String> remarks = new ArrayList<>(material.remarks());
        if (choice.metrics().get(choice.learner()).rocAuc() < Labels.chance(anomalous))
            remarks.add("The model does no better than chance on held-out training images:"
                    + " check the labels, or whether the anomalies can be seen at this size.");
        return remarks;
    }

    /** Whether the learner that was asked for needs this part. */
    private boolean wants(String part) {
        return settings.learner().equals(LearnerSettings.AUTO)
                || settings.learner().equals("fused")
                || settings.learner().equals(part);
    }

    private ImagePart imageBranch() {
        double[] scores = new double[rows.length];
        for (int fold = 0; fold < folds.count(); fold++) {
            progress.at("Learning whole images", fold, folds.count() + 1L);
            int[] outside = Arrays.stream(folds.outside(fold)).map(i -> rows[i]).toArray();
            Head head = LabelledHead.learn(material.pooled(outside), material.anomalous(outside));
            for (int i : folds.in(fold))
                scores[i] = head.score(material.pooled().get(rows[i]));
        }
        progress.at("Learning whole images", folds.count(), folds.count() + 1L);
        return new ImagePart(scores, LabelledHead.learn(material.pooled(), material.anomalous()));
    }

    private PatchHeadLearning.Part patchHead() {
        return new PatchHeadLearning(material, rows, folds, settings, device, progress).learn();
    }

    private HeatScale heat(PatchHeadLearning.Part patches) {
        if (patches == null) return new HeatScale(Map.of());
        double level = Threshold.steadyF1(patches.scores(), anomalous);
        return new HeatScale(Map.of(Parts.PATCH_HEAD, new HeatScale.Level(patches.median(), level)));
    }
}
