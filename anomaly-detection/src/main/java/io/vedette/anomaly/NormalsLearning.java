package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.calibration.HeatScale;
import io.vedette.anomaly.head.NormalsHead;
import io.vedette.anomaly.head.Padim;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.head.PatchCore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Learns what normal pictures look like: every part on the outside of each fold, so that its scores inside are honest, then
 * on all.
 */
final class NormalsLearning {

    private static final int FOLDS = 5;

    private final Material material;
    private final LearnerSettings settings;
    private final NDManager device;
    private final Progress progress;
    private final List<String> names;
    private final int[] normals;
    private final Folds folds;
    private final Map<String, Median> medians = new LinkedHashMap<>();

    NormalsLearning(Material material, LearnerSettings settings, NDManager device, Progress progress) {
        this(material, normals(material), settings, device, progress);
    }

    /** @param normals the examples to learn from */
    NormalsLearning(Material material, int[] normals, LearnerSettings settings, NDManager device, Progress progress) {
        this.normals = normals;
        this.material = material;
        this.settings = settings;
        this.device = device;
        this.progress = progress;
        names = switch (settings.learner()) {
            case Parts.MAHALANOBIS, Parts.PADIM, Parts.PATCHCORE -> List.of(settings.learner());
            default -> List.of(Parts.MAHALANOBIS, Parts.PADIM, Parts.PATCHCORE);
        };
        folds = Folds.stratified(new boolean[normals.length], Math.min(normals.length, FOLDS), settings.seed());
    }

    private static int[] normals(Material material) {
        return Arrays.stream(material.withCells())
                .filter(i -> !material.anomalous()[i])
                .toArray();
    }

    Learned learn() {
        Map<String, double[]> scores = heldOut(folds);
        Blend blend = names.size() == 1 ? Blend.of(names.get(0)) : Blend.meanOfDeviations(scores);
        Calibration calibration = Calibration.ofNormals(blend.ofAll(scores));
        Parts parts = parts(normals, folds.count());
        List<String> remarks = new ArrayList<>(material.remarks());
        int anomalies = material.anomalies();
        remarks.add("The model was learned from normal images only, since there are "
                + (anomalies == 0 ? "no anomalies" : "fewer than " + Learner.LEAST_ANOMALIES + " anomalies")
                + " to train on; its confidence is not calibrated.");
        return new Learned(
                names.size() == 1 ? names.get(0) : "normals-ensemble",
                parts,
                blend,
                calibration,
                heat(scores),
                null,
                folds.count(),
                Map.of(),
                remarks);
    }

    /** What each normal picture gets from parts that have not seen it. */
    Map<String, double[]> heldOut(Folds folds) {
        Map<String, double[]> scores = new LinkedHashMap<>();
        names.forEach(name -> scores.put(name, new double[normals.length]));
        for (int fold = 0; fold < folds.count(); fold++) {
            try (Parts parts = parts(pick(folds.outside(fold)), fold)) {
                for (int i : folds.in(fold)) {
                    step(fold);
                    Parts.Reading reading = read(parts, normals[i]);
                    reading.scores().forEach((name, score) -> scores.get(name)[i] = score);
                    reading.maps()
                            .forEach((name, map) -> medians.computeIfAbsent(name, n -> new Median())
                                    .add(map));
                }
            }
        }
        return scores;
    }

    private Parts.Reading read(Parts parts, int example) {
        try (NDManager scope = device.newSubManager()) {
            NDArray cells = material.read(scope, material.views().get(example).get(0));
            return parts.read(material.pooled().get(example), cells);
        }
    }

    private int[] pick(int[] of) {
        return Arrays.stream(of).map(i -> normals[i]).toArray();
    }

    Parts parts(int[] examples, int fold) {
        Parts parts = new Parts(new LinkedHashMap<>(), new LinkedHashMap<>());
        int[] slots = material.slots(examples);
        float[] scale = material.projection().deviation();
        for (String name : names) {
            step(fold);
            switch (name) {
                case Parts.MAHALANOBIS -> parts.heads().put(name, NormalsHead.learn(material.pooled(examples)));
                case Parts.PADIM ->
                    parts.scorers().put(name, Padim.learn(material.patches(), slots, scale, device, () -> step(fold)));
                default -> parts.scorers().put(name, patchCore(slots, scale, fold));
            }
        }
        return parts;
    }

    private PatchCore patchCore(int[] slots, float[] scale, int fold) {
        SplittableRandom random = new SplittableRandom(settings.seed() + 17L * fold);
        return PatchCore.learn(material.patches(), slots, scale, random, device, () -> step(fold));
    }

    /** Within a fold the steps are not counted: a caller may stop the work at each. */
    private void step(int fold) {
        progress.at("Learning what is normal", fold, folds.count() + 1L);
    }

    private HeatScale heat(Map<String, double[]> scores) {
        Map<String, HeatScale.Level> levels = new LinkedHashMap<>();
        medians.forEach((name, median) -> {
            double level = Calibration.ofNormals(scores.get(name)).threshold();
            levels.put(name, new HeatScale.Level(median.get(), level));
        });
        return new HeatScale(levels);
    }
}
