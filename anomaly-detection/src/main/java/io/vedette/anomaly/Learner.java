package io.vedette.anomaly;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.Precision;
import io.vedette.anomaly.backbone.Weights;
import java.time.Duration;
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
     * once (on a GPU a few are read again at the end); what is kept of it lies in scratch files, not in memory.
     *
     * @return a model that works as long as this learner is open
     * @throws BadImage if a photograph or a mask is no usable image, or of another size than the first
     * @throws IllegalArgumentException if fewer than two examples are normal, or the learner that was asked for needs
     *     more anomalies
     */
    public TrainedModel learn(List<Example> examples, Progress progress) {
        labelled(settings.learner(), Labels.of(examples)); // before the long way
        try (Lesson lesson = look(examples, progress)) {
            return lesson.learn(settings.learner(), progress);
        }
    }

    /**
     * Reads each photograph once, for several learners to learn from.
     *
     * @return what they learn from; the caller closes it before this learner
     * @throws BadImage if a photograph or a mask is no usable image, or of another size than the first
     * @throws IllegalArgumentException if fewer than two examples are normal
     */
    public Lesson look(List<Example> examples, Progress progress) {
        boolean[] anomalous = Labels.of(examples);
        labelled(LearnerSettings.AUTO, anomalous);
        Shots shots = new Shots(settings, examples);
        try (Gathering gathering = new Gathering(backbone, shots, anomalous, settings.scratch(), progress)) {
            return new Lesson(gathering.gather(settings.seed()), shots.copies(), examples);
        }
    }

    /** What is left of photographs once the network has seen them. What learners have in common is learned once. */
    public final class Lesson implements AutoCloseable {
        private final Material material;
        private final int copies;
        private final List<Example> examples;
        private final Shared shared = new Shared();
        private long seed = settings.seed();

        private Lesson(Material material, int copies, List<Example> examples) {
            this.material = material;
            this.copies = copies;
            this.examples = examples;
        }

        /**
         * @param name {@code auto} or one of {@link LearnerSettings#LEARNERS}
         * @return the model that {@link Learner#learn} would give; it works as long as the learner is open
         * @throws IllegalArgumentException if that learner needs more anomalies
         */
        public TrainedModel learn(String name, Progress progress) {
            LearnerSettings how = settings.withLearner(name).withSeed(seed);
            Learned learned = labelled(name, material.anomalous())
                    ? new LabelledLearning(material, how, backbone.manager(), progress, shared).learn()
                    : new NormalsLearning(material, how, backbone.manager(), progress, shared).learn();
            ModelCard card = card(learned, material, copies, seed);
            TrainedModel model =
                    new TrainedModel(card, learned.parts(), learned.defects(), material.projection(), backbone, false);
            if (mayBeHalved()) model.recommend(precision(model, examples, progress));
            return model;
        }

        /** From here on all is learned anew with another seed, but what the network saw stays, variations included. */
        public void reseed(long other) {
            shared.close();
            seed = other;
        }

        /**
         * Shows photographs to the network, for every model of this lesson to judge.
         *
         * @return what it made of them; the caller closes it before this learner
         * @throws BadImage if one is no usable image, or of another size than those that were learned from
         */
        public Sights see(List<Photograph> photographs, Progress progress) {
            return new Sights(photographs, material, settings, backbone, progress);
        }

        /** For measurements of single parts. */
        Material material() {
            return material;
        }

        /** How much longer the learners of this lesson would have taken, had each learned for itself what others had. */
        public Duration saved() {
            return Duration.ofNanos(shared.savedNanos());
        }

        @Override
        public void close() {
            shared.close();
            material.close();
        }
    }

    private boolean mayBeHalved() {
        return backbone.isOnGpu()
                && settings.precision().equals(LearnerSettings.AUTO)
                && Weights.isBuiltIn(settings.backbone());
    }

    private Precision precision(TrainedModel model, List<Example> examples, Progress progress) {
        try (Backbone half =
                Backbone.open(settings.backbone(), settings.threads(), settings.device(), Precision.FLOAT16)) {
            return new Parity(examples, progress).of(model, model.through(half))
                    ? Precision.FLOAT16
                    : Precision.FLOAT32;
        }
    }

    private static boolean labelled(String learner, boolean[] anomalous) {
        int anomalies = Labels.count(anomalous);
        if (anomalous.length - anomalies < LEAST_NORMALS)
            throw new IllegalArgumentException("at least " + LEAST_NORMALS + " normal images are needed");
        boolean auto = learner.equals(LearnerSettings.AUTO);
        if (isLabelled(learner) && anomalies < LEAST_ANOMALIES)
            throw new IllegalArgumentException("at least " + LEAST_ANOMALIES + " anomalies are needed");
        return auto ? anomalies >= LEAST_ANOMALIES : isLabelled(learner);
    }

    /** Whether a learner, by its name, takes labelled anomalies. */
    static boolean isLabelled(String learner) {
        return LABELLED.contains(learner);
    }

    private ModelCard card(Learned learned, Material material, int copies, long seed) {
        int anomalies = material.anomalies();
        List<String> parts = new ArrayList<>(learned.parts().heads().keySet());
        parts.addAll(learned.parts().scorers().keySet());
        return new ModelCard(
                ModelCard.FORMAT,
                learned.learner(),
                !learned.outOfFold().isEmpty(),
                backbone.identity(),
                Precision.FLOAT32,
                settings.imageSide(),
                material.images(),
                material.grid(),
                seed,
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

    /** For measurements of single parts. */
    NDManager manager() {
        return backbone.manager();
    }

    @Override
    public void close() {
        backbone.close();
    }
}
