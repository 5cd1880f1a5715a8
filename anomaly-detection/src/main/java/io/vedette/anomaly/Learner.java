package io.vedette.anomaly;

import ai.djl.engine.Engine;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.Weights;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.ImageFile;
import java.util.ArrayList;
import java.util.List;

/** Turns photographs into a model. Not for use by two threads at once. */
public final class Learner implements AutoCloseable {
    private final LearnerSettings settings;
    private final Features features;

    /** @throws IllegalArgumentException for a backbone or a device that is not there */
    public Learner(LearnerSettings settings) {
        this.settings = settings;
        Backbone backbone = new Backbone(Weights.named(settings.backbone()), settings.threads(), settings.device());
        features = new Features(backbone, settings.imageSide());
    }

    /**
     * From five labelled anomalies on both classes are learned, else only what normal looks like. Each photograph is read
     * once and only its features are kept.
     *
     * @return a model that works as long as this learner is open
     * @throws BadImage if a photograph is no usable image, or of another size than the first
     * @throws IllegalArgumentException if fewer than two examples are normal
     */
    public TrainedModel learn(List<Example> examples, Progress progress) {
        long normals = examples.stream().filter(example -> !example.anomalous()).count();
        if (normals < Learned.LEAST_NORMALS)
            throw new IllegalArgumentException("at least " + Learned.LEAST_NORMALS + " normal images are needed");
        List<float[]> pooled = new ArrayList<>(examples.size());
        boolean[] anomalous = new boolean[examples.size()];
        Dimensions dimensions = null;
        String others = examples.get(0).photograph().name() + " is";
        for (int i = 0; i < anomalous.length; i++) {
            progress.at("Extracting features", i, anomalous.length);
            anomalous[i] = examples.get(i).anomalous();
            ImageFile file = Features.open(examples.get(i).photograph());
            if (dimensions == null) dimensions = file.dimensions();
            pooled.add(features.of(file, dimensions, others));
        }
        progress.at("Extracting features", anomalous.length, anomalous.length);
        Learned learned = Learned.from(pooled, anomalous, settings.seed(), progress);
        ModelCard.Counts counts = new ModelCard.Counts((int) normals, anomalous.length - (int) normals);
        return new TrainedModel(card(learned, dimensions, counts), learned.head(), features, () -> {});
    }

    private ModelCard card(Learned learned, Dimensions images, ModelCard.Counts counts) {
        Weights weights = features.backbone().weights();
        return new ModelCard(
                ModelCard.FORMAT,
                learned.kind(),
                learned.outOfFold() != null,
                new ModelCard.Network(weights.name(), weights.sha256()),
                settings.imageSide(),
                images,
                settings.seed(),
                counts,
                learned.calibration(),
                learned.folds(),
                learned.outOfFold(),
                learned.remarks(),
                new ModelCard.Versions(
                        Engine.getDjlVersion(),
                        Engine.getEngine("PyTorch").getVersion(),
                        Runtime.version().toString()),
                null);
    }

    @Override
    public void close() {
        features.close();
    }
}
