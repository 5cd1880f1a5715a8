package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.calibration.Folds;
import io.vedette.anomaly.calibration.HeatScale;
import io.vedette.anomaly.head.Head;
import io.vedette.anomaly.head.NormalsHead;
import io.vedette.anomaly.head.Padim;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.head.PatchCore;
import io.vedette.anomaly.head.PatchScorer;
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
    private final Shared shared;
    private final List<String> names;
    private final int[] normals;
    private final Folds folds;
    private int stage;

    /** @param shared what was learned before from the same material with the same settings but for the learner */
    NormalsLearning(Material material, LearnerSettings settings, NDManager device, Progress progress, Shared shared) {
        this(material, normals(material), settings, device, progress, shared);
    }

    /** @param normals the examples to learn from */
    NormalsLearning(
            Material material,
            int[] normals,
            LearnerSettings settings,
            NDManager device,
            Progress progress,
            Shared shared) {
        this.normals = normals;
        this.material = material;
        this.settings = settings;
        this.device = device;
        this.progress = progress;
        this.shared = shared;
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

    /**
     * @param scores of the normals, from parts that have not seen them
     * @param median of held-out cells; unused where whole images are scored
     * @param parts one, learned from all normals
     */
    private record Part(double[] scores, double median, Parts parts) implements AutoCloseable {
        @Override
        public void close() {
            parts.close();
        }
    }

    Learned learn() {
        Map<String, double[]> scores = new LinkedHashMap<>();
        Map<String, HeatScale.Level> levels = new LinkedHashMap<>();
        Parts parts = new Parts(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String name : names) {
            Part part = shared.once(name, () -> part(name));
            stage++;
            scores.put(name, part.scores);
            parts.heads().putAll(part.parts.heads());
            part.parts.scorers().forEach((of, scorer) -> {
                parts.scorers().put(of, scorer.again());
                double level = Calibration.ofNormals(part.scores).threshold();
                levels.put(of, new HeatScale.Level(part.median, level));
            });
        }
        Blend blend = names.size() == 1 ? Blend.of(names.get(0)) : Blend.meanOfDeviations(scores);
        return new Learned(
                names.size() == 1 ? names.get(0) : "normals-ensemble",
                parts,
                blend,
                Calibration.ofNormals(blend.ofAll(scores)),
                new HeatScale(levels),
                null,
                folds.count(),
                Map.of(),
                remarks());
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>(material.remarks());
        int anomalies = material.anomalies();
        remarks.add("The model was learned from normal images only, since there are "
                + (anomalies == 0 ? "no anomalies" : "fewer than " + Learner.LEAST_ANOMALIES + " anomalies")
                + " to train on; its confidence is not calibrated.");
        return remarks;
    }

    private Part part(String name) {
        double[] scores = new double[normals.length];
        Median median = new Median();
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] outside =
                    Arrays.stream(folds.outside(fold)).map(i -> normals[i]).toArray();
            try (Parts one = parts(List.of(name), outside, fold)) {
                for (int i : folds.in(fold)) {
                    step(fold);
                    Parts.Reading reading = read(one, normals[i]);
                    scores[i] = reading.scores().get(name);
                    reading.maps().values().forEach(median::add);
                }
            }
        }
        return new Part(scores, median.get(), parts(List.of(name), normals, folds.count()));
    }

    private Parts.Reading read(Parts parts, int example) {
        try (NDManager scope = device.newSubManager()) {
            NDArray cells = material.read(scope, material.views().get(example).get(0));
            return parts.read(material.pooled().get(example), cells);
        }
    }

    /** All parts of the learner, from these examples. */
    Parts parts(int[] examples, int fold) {
        return parts(names, examples, fold);
    }

    private Parts parts(List<String> wanted, int[] examples, int fold) {
        Map<String, Head> heads = new LinkedHashMap<>();
        Map<String, PatchScorer> scorers = new LinkedHashMap<>();
        int[] slots = material.slots(examples);
        float[] scale = material.projection().deviation();
        for (String name : wanted) {
            step(fold);
            switch (name) {
                case Parts.MAHALANOBIS -> heads.put(name, NormalsHead.learn(material.pooled(examples)));
                case Parts.PADIM ->
                    scorers.put(name, Padim.learn(material.patches(), slots, scale, device, () -> step(fold)));
                default -> scorers.put(name, patchCore(slots, scale, fold));
            }
        }
        return new Parts(heads, scorers);
    }

    private PatchCore patchCore(int[] slots, float[] scale, int fold) {
        SplittableRandom random = new SplittableRandom(settings.seed() + 17L * fold);
        return PatchCore.learn(material.patches(), slots, scale, random, device, () -> step(fold));
    }

    /** Within a fold the steps are not counted: a caller may stop the work at each. */
    private void step(int fold) {
        long each = folds.count() + 1L;
        progress.at("Learning what is normal", stage * each + fold, names.size() * each);
    }
}
