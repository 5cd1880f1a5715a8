package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.FeatureMap;
import io.vedette.anomaly.backbone.NoSuchBackbone;
import io.vedette.anomaly.backbone.Precision;
import io.vedette.anomaly.backbone.Weights;
import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.head.Projection;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was learned: scores photographs. Not for use by two threads at once. */
public final class TrainedModel implements AutoCloseable {
    private final Parts parts;
    private final DefectFinder finder;
    private final Projection projection;
    private final Projection.Whitening whitening;
    private final Backbone backbone;
    private final boolean owner;
    private ModelCard card;

    /** @param owner whether the backbone closes with this model */
    TrainedModel(
            ModelCard card, Parts parts, DefectFinder finder, Projection projection, Backbone backbone, boolean owner) {
        this.card = card;
        this.parts = parts;
        this.finder = finder;
        this.projection = projection;
        this.backbone = backbone;
        this.owner = owner;
        whitening = projection.on(backbone.manager());
    }

    /**
     * @throws BadImage if the photograph is no usable image, or not of the size that the model was trained on
     * @throws java.io.UncheckedIOException if it could not be read
     */
    public Verdict inspect(Photograph photograph) {
        return inspect(prepare(photograph), card.calibration().threshold(), () -> {});
    }

    /** A photograph as the network gets it. */
    public record Prepared(Pixels pixels) {}

    /** The first half of {@link #inspect(Photograph)}, with the same failures. Any number of threads may do it at once. */
    public Prepared prepare(Photograph photograph) {
        return new Prepared(Pictures.decode(
                Pictures.open(photograph), card.imageSide(), card.images(), "the model was trained on"));
    }

    /** The score from which a photograph is anomalous, as it was learned. */
    public double threshold() {
        return card.calibration().threshold();
    }

    /**
     * The second half of {@link #inspect(Photograph)}, at any threshold: the score stays, what is said of it follows.
     *
     * @param seen told when the network has looked, and only the heads are left
     */
    public Verdict inspect(Prepared photograph, double threshold, Runnable seen) {
        try (FeatureMap map = backbone.features(photograph.pixels())) {
            seen.run();
            return judge(map, threshold);
        }
    }

    /** A photograph with the threshold to judge it by. */
    public record Asked(Prepared photograph, double threshold) {}

    /**
     * Several photographs in one pass through the network, which is what a GPU is fast at. Their scores are those of
     * {@link #inspect(Prepared, double, Runnable)} up to rounding: another number of pictures may be added up in another order.
     *
     * @param seen told when the network has looked at the first, and only heads are left
     * @return a verdict for each, in their order
     */
    public List<Verdict> inspect(List<Asked> together, Runnable seen) {
        List<Verdict> verdicts = new ArrayList<>();
        backbone.together(
                together.stream().map(asked -> asked.photograph().pixels()).toList(), (map, place) -> {
                    if (place == 0) seen.run();
                    verdicts.add(judge(map, together.get(place).threshold()));
                });
        return verdicts;
    }

    /** Whether it lies on a GPU, where photographs should come together. */
    public boolean isOnGpu() {
        return backbone.isOnGpu();
    }

    /** The same parts, scoring with another instance of the network; closes with that and before this model. */
    TrainedModel through(Backbone other) {
        return new TrainedModel(card, parts, finder, projection, other, false);
    }

    /** From here on, wherever the model is read on a GPU, its network computes with these numbers. */
    void recommend(Precision precision) {
        card = card.with(precision);
    }

    /** How a verdict's score is turned into a probability. */
    Calibration calibration() {
        return card.calibration();
    }

    private Verdict judge(FeatureMap map, double threshold) {
        return judge(map.pooled(), scoresCells() ? whitening.apply(map.taps()) : null, threshold);
    }

    /** Whether cells are needed to judge a photograph. */
    boolean scoresCells() {
        return !parts.scorers().isEmpty();
    }

    /**
     * What is said of a photograph that the network has seen.
     *
     * @param pooled 3C float32
     * @param cells (n, d) whitened float32; null unless {@link #scoresCells}
     */
    Verdict judge(float[] pooled, NDArray cells, double threshold) {
        Parts.Reading reading = parts.read(pooled, cells);
        Calibration calibration = card.calibration().at(threshold);
        double score = card.blend().of(reading.scores());
        boolean anomalous = calibration.anomalous(score);
        return new Verdict(
                anomalous,
                calibration.confidence(score),
                score,
                calibration.threshold(),
                heat(reading),
                finder == null ? Optional.empty() : Optional.of(defects(anomalous, reading, cells)));
    }

    private HeatMap heat(Parts.Reading reading) {
        if (card.heat().isEmpty()) return HeatMap.NONE;
        return new HeatMap(
                card.grid().width(), card.grid().height(), card.heat().of(reading.maps()));
    }

    private DefectMask defects(boolean anomalous, Parts.Reading reading, NDArray cells) {
        if (!anomalous) return finder.none(card.images());
        float[][] outputs = reading.outputs().get(Parts.PATCH_HEAD);
        float[][] probabilities = KindLearning.probabilities(
                outputs, cells, finder.means(), finder.kinds().size());
        return finder.find(probabilities, card.grid(), card.images());
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
        Artifact.write(card, parts, finder, projection, directory);
    }

    /**
     * For models on a built-in backbone.
     *
     * @throws IncompatibleModel if this installation's backbone is another than the model's
     * @throws java.io.UncheckedIOException if the files are missing or damaged
     */
    public static TrainedModel read(Path directory, int threads, String device) {
        return read(
                directory,
                threads,
                device,
                Artifact.read(directory).card().backbone().name());
    }

    /** Whether a written model was learned on a built-in backbone, which every installation has. */
    public static boolean isOnBuiltIn(Path directory) {
        return Weights.isBuiltIn(Artifact.read(directory).card().backbone().name());
    }

    /** Starts the engine and reads a network once, so that the first model does not pay for it. */
    public static void warmUp(int threads, String device) {
        Backbone.open("inception-v3", threads, device).close();
    }

    /**
     * @param backbone name or path of the network, as in {@link LearnerSettings}
     * @throws IncompatibleModel if it is another than the model's, or is not there
     * @throws java.io.UncheckedIOException if the files are missing or damaged
     */
    public static TrainedModel read(Path directory, int threads, String device, String backbone) {
        Artifact artifact = Artifact.read(directory);
        Backbone opened = open(artifact.card(), threads, device, backbone);
        try {
            return artifact.on(opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static Backbone open(ModelCard card, int threads, String device, String backbone) {
        Backbone.Identity trainedOn = card.backbone();
        Backbone opened;
        try {
            opened = Backbone.open(backbone, threads, device, card.precision());
        } catch (NoSuchBackbone missing) {
            throw new IncompatibleModel("The model was trained on the backbone " + trainedOn.name()
                    + ", which is not installed: " + missing.getMessage() + ".");
        }
        if (opened.identity().equals(trainedOn)) return opened;
        Backbone.Identity installed = opened.identity();
        opened.close();
        if (!installed.name().equals(trainedOn.name()))
            throw new IncompatibleModel(
                    "The model was trained on the backbone " + trainedOn.name() + ", not on " + installed.name() + ".");
        throw new IncompatibleModel("The model was trained on other weights of the backbone " + trainedOn.name()
                + " (SHA-256 " + trainedOn.sha256() + ") than are installed (" + installed.sha256() + ").");
    }

    /** Sentences that the model's owner should read; mostly none. */
    public List<String> remarks() {
        return card.remarks();
    }

    /** Names of the defects that the model finds; none if it was trained without masks. */
    public List<String> defects() {
        return card.defects().stream().map(DefectFinder.Kind::name).toList();
    }

    /** Which of {@link LearnerSettings#LEARNERS} the model is of. */
    public String learnerName() {
        return card.learner();
    }

    @Override
    public void close() {
        whitening.close();
        parts.close();
        if (owner) backbone.close();
    }
}
