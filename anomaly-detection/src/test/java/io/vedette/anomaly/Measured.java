package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.FeatureMap;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.head.PatchFile;
import io.vedette.anomaly.head.Projection;
import io.vedette.anomaly.image.Dimensions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A set of photographs as features, so that many learners can be tried on what the network saw once. */
final class Measured implements AutoCloseable {
    static final Progress SILENT = (phase, done, total) -> {};

    final LearnerSettings settings;
    final Backbone backbone;
    final Material train;
    final List<float[]> pooled = new ArrayList<>();
    final boolean[] anomalous;
    private final Gathering gathering;
    private final PatchFile patches;
    private final Shared shared = new Shared();

    Measured(Path folder, LearnerSettings settings, boolean masks) throws IOException {
        this.settings = settings;
        backbone = Backbone.open(settings.backbone(), settings.threads(), settings.device());
        List<Example> examples = RealPhotographs.examples(folder, "train", masks);
        boolean[] labels = labels(examples);
        gathering = new Gathering(backbone, new Shots(settings, examples), labels, settings.scratch(), SILENT);
        train = gathering.gather(settings.seed());
        List<Example> test = RealPhotographs.examples(folder, "test", false);
        anomalous = labels(test);
        patches = new PatchFile(
                settings.scratch(), train.patches().cells(), train.patches().channels());
        try (Projection.Whitening whitening = train.projection().on(backbone.manager())) {
            for (Example example : test) {
                var pixels = Pictures.decode(
                        Pictures.open(example.photograph()), settings.imageSide(), train.images(), "the others are");
                try (FeatureMap map = backbone.features(pixels)) {
                    pooled.add(map.pooled());
                    patches.append(whitening.apply(map.taps()));
                }
            }
        }
    }

    private static boolean[] labels(List<Example> examples) {
        boolean[] labels = new boolean[examples.size()];
        for (int i = 0; i < labels.length; i++) labels[i] = examples.get(i).anomalous();
        return labels;
    }

    Dimensions grid() {
        return train.grid();
    }

    /** @param learner one by name, or auto, for sets with enough anomalies */
    Learned learn(String learner) {
        LearnerSettings asked = settings.withLearner(learner);
        return learner.equals(LearnerSettings.AUTO) || Learner.isLabelled(learner)
                ? new LabelledLearning(train, asked, backbone.manager(), SILENT, shared).learn()
                : new NormalsLearning(train, asked, backbone.manager(), SILENT, shared).learn();
    }

    /** What parts say of each test picture. */
    List<Parts.Reading> read(Parts parts) {
        List<Parts.Reading> readings = new ArrayList<>();
        for (int i = 0; i < anomalous.length; i++) {
            try (NDManager scope = backbone.scope();
                    NDArray one = patches.read(scope, i)) {
                readings.add(parts.read(pooled.get(i), one.squeeze(0)));
            }
        }
        return readings;
    }

    double[] scores(Learned learned) {
        return read(learned.parts()).stream()
                .mapToDouble(reading -> learned.blend().of(reading.scores()))
                .toArray();
    }

    @Override
    public void close() {
        shared.close();
        patches.close();
        train.close();
        gathering.close();
        backbone.close();
    }
}
