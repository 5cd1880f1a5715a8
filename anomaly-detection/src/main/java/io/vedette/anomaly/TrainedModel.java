package io.vedette.anomaly;

import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.Weights;
import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.head.Head;
import io.vedette.anomaly.image.Dimensions;
import java.nio.file.Path;
import java.util.List;

/** What was learned: scores photographs. Not for use by two threads at once. */
public final class TrainedModel implements AutoCloseable {
    private final ModelCard card;
    private final Head head;
    private final Features features;
    private final Runnable release;

    TrainedModel(ModelCard card, Head head, Features features, Runnable release) {
        this.card = card;
        this.head = head;
        this.features = features;
        this.release = release;
    }

    /**
     * @throws BadImage if the photograph is no usable image, or not of the size that the model was trained on
     * @throws java.io.UncheckedIOException if it could not be read
     */
    public Verdict inspect(Photograph photograph) {
        float[] pooled = features.of(Features.open(photograph), card.images(), "the model was trained on");
        Calibration calibration = card.calibration();
        double score = head.score(pooled);
        return new Verdict(calibration.anomalous(score), calibration.confidence(score), score, calibration.threshold());
    }

    /** The same photograph at another threshold: the score stays, the verdict and the confidence in it follow. */
    public Verdict judged(Verdict verdict, double threshold) {
        Calibration learned = card.calibration();
        Calibration moved = new Calibration(threshold, learned.slope(), learned.intercept());
        return new Verdict(
                moved.anomalous(verdict.score()),
                moved.confidence(verdict.score()),
                verdict.score(),
                threshold,
                verdict.heat(),
                verdict.defects());
    }

    /** What the network's weights take in memory: once as they were read and once as the engine has them. */
    public long backboneBytes() {
        return features.backbone().weights().tensors().tensors().values().stream()
                .mapToLong(tensor -> 2L * Float.BYTES * tensor.values().length)
                .sum();
    }

    /** The size that photographs must have, in pixels. */
    public Dimensions images() {
        return card.images();
    }

    /**
     * Writes {@code model.json}, for people and for {@link #read}, and {@code model.safetensors}. The same photographs,
     * settings and machine give the same bytes.
     *
     * @param directory made if it is missing
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path directory) {
        Artifact.write(card, head, directory);
    }

    /**
     * @throws IncompatibleModel if this installation's backbone is another than the model's
     * @throws java.io.UncheckedIOException if the files are missing or damaged
     */
    public static TrainedModel read(Path directory, int threads, String device) {
        ModelCard card = Artifact.card(directory);
        Head head = Artifact.head(card, directory);
        Features features = new Features(new Backbone(weights(card), threads, device), card.imageSide());
        return new TrainedModel(card, head, features, features::close);
    }

    /** Starts the engine and reads a network once, so that the first model does not pay for it. */
    public static void warmUp(int threads, String device) {
        new Backbone(Weights.named("inception-v3"), threads, device).close();
    }

    private static Weights weights(ModelCard card) {
        String name = card.backbone().name();
        Weights weights;
        try {
            weights = Weights.named(name);
        } catch (IllegalArgumentException missing) {
            throw new IncompatibleModel("The model was trained on the backbone " + name + ", which is not installed.");
        }
        if (!weights.sha256().equals(card.backbone().sha256()))
            throw new IncompatibleModel("The model was trained on other weights of the backbone " + name + " (SHA-256 "
                    + card.backbone().sha256() + ") than are installed (" + weights.sha256() + ").");
        return weights;
    }

    /** Sentences that the model's owner should read; mostly none. */
    public List<String> remarks() {
        return card.remarks();
    }

    /** Names of the defects that the model finds; none if it was trained without masks. */
    public List<String> defects() {
        return List.of();
    }

    /** Which of {@link LearnerSettings#LEARNERS} the model is of. */
    public String learnerName() {
        return switch (card.learner()) {
            case LABELLED -> "image-branch";
            case NORMALS_ONLY -> "mahalanobis";
        };
    }

    @Override
    public void close() {
        release.run();
    }
}
