package io.vedette.anomaly;

import ai.djl.engine.Engine;
import io.vedette.anomaly.backbone.Backbone;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns photographs into a model. Not for use by two threads at once. */
public final class Learner implements AutoCloseable {
    static final int LEAST_ANOMALIES = 5;
    private static final int LEAST_NORMALS = 2;
    private static final Set<String> LABELLED = Set.of("image-branch", "patch-head", "fused");

    private final LearnerSettings settings;
    private final Backbone backbone;

    /** @throws IllegalArgumentException for a backbone or a device that is not there */
    public Learner(LearnerSettings settings) {
        this.settings = settings;
        backbone = Backbone.open(settings.backbone(), settings.threads(), settings.device());
    }

    /**
     * From five labelled anomalies on both classes are learned, else only what normal looks like. Each photograph is read
     * once; what is kept of it lies in scratch files, not in memory.
     *
     * @return a model that works as long as this learner is open
     * @throws BadImage if a photograph or a mask is no usable image, or of another size than the first
     * @throws IllegalArgumentException if fewer than two examples are normal, or the learner that was asked for needs
     *     more anomalies
     */
    public TrainedModel learn(List<Example> examples, Progress progress) {
        boolean[] anomalous = new boolean[examples.size()];
        for (int i = 0; i < anomalous.length; i++)
            anomalous[i] = examples.get(i).anomalous();
        boolean labelled = labelled(anomalous);
        Shots shots = new Shots(settings, examples);
        try (Gathering gathering = new Gathering(backbone, shots, anomalous, settings.scratch(), progress);
                Material material = gathering.gather(settings.seed())) {
            Learned learned = labelled
                    ? new LabelledLearning(material, settings, backbone.manager(), progress).learn()
                    : new NormalsLearning(material, settings, backbone.manager(), progress).learn();
            ModelCard card = card(learned, material, shots.copies());
            return new TrainedModel(card, learned.parts(), learned.defects(), material.projection(), backbone, false);
        }
    }

    private boolean labelled(boolean[] anomalous) {
        int anomalies = Labels.count(anomalous);
        if (anomalous.length - anomalies < LEAST_NORMALS)
            throw new IllegalArgumentException("at least " + LEAST_NORMALS + " normal images are needed");
        boolean auto = settings.learner().equals(LearnerSettings.AUTO);
        if (isLabelled(settings.learner()) && anomalies < LEAST_ANOMALIES)
            throw new IllegalArgumentException("at least " + LEAST_ANOMALIES + " anomalies are needed");
        return auto ? anomalies >= LEAST_ANOMALIES : isLabelled(settings.learner());
    }

    /** Whether a learner, by its name, takes labelled anomalies. */
    static boolean isLabelled(String learner) {
        return LABELLED.contains(learner);
    }

    private ModelCard card(Learned learned, Material material, int copies) {
        int anomalies = material.anomalies();
        List<String> parts = new ArrayList<>(learned.parts().heads().keySet());
        parts.addAll(learned.parts().scorers().keySet());
        return new ModelCard(
                ModelCard.FORMAT,
                learned.learner(),
                !learned.outOfFold().isEmpty(),
                backbone.identity(),
                settings.imageSide(),
                material.images(),
                material.grid(),
                settings.seed(),
                new ModelCard.Counts(material.anomalous().length - anomalies, anomalies, material.masked(), copies),
                parts,
                learned.blend(),
                learned.calibration(),
                learned.heat(),
                learned.defects() == null ? List.of() : learned.defects().kinds(),
                learned.defects() != null && learned.defects().means() != null,
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
        backbone.close();
    }
}
