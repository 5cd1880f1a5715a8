package io.vedette.common.artifact;

import io.vedette.common.DatasetType;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model's objects lie in the service's own bucket. Everything of a model is below one prefix. */
public final class ArtifactLayout {
    /** All models lie below it. */
    public static final String MODELS = "models/";

    private static final Pattern OWNED =
            Pattern.compile(MODELS + "([0-9a-f-]{36})/(?:runs/([0-9a-f-]{36})/)?.*", Pattern.DOTALL);

    private ArtifactLayout() {}

    /** Which model an object is of, and which run wrote it, if one did. */
    public record Owner(UUID modelId, Optional<UUID> runId) {}

    /** Empty for a key that is not of this layout. */
    public static Optional<Owner> owner(String key) {
        Matcher owned = OWNED.matcher(key);
        return owned.matches()
                ? Optional.of(new Owner(
                        UUID.fromString(owned.group(1)),
                        Optional.ofNullable(owned.group(2)).map(UUID::fromString)))
                : Optional.empty();
    }

    /** {@code models/MODEL/}: deleting this prefix deletes all that the service keeps of a model. */
    public static String model(UUID modelId) {
        return MODELS + modelId + "/";
    }

    /** The frozen entries of a data set, JSON Lines. */
    public static String snapshot(UUID modelId, DatasetType type) {
        return model(modelId) + "snapshot/" + type + ".jsonl";
    }

    /** Everything that one run (a training's or an evaluation's) writes. */
    public static String run(UUID modelId, UUID runId) {
        return model(modelId) + "runs/" + runId + "/";
    }

    /** The table of contents of a training run's artifact, written last: the mark of completeness. */
    public static String artifact(UUID modelId, UUID runId) {
        return run(modelId, runId) + "artifact.json";
    }

    public static String evaluationResult(UUID modelId, UUID runId) {
        return run(modelId, runId) + "EvaluationResult.json";
    }

    public static String evaluationManifest(UUID modelId, UUID runId) {
        return run(modelId, runId) + "EvaluationManifest.json";
    }

    /** What AWS's two files do not have; see {@link VedetteEvaluation}. */
    public static String vedetteEvaluation(UUID modelId, UUID runId) {
        return run(modelId, runId) + "VedetteEvaluation.json";
    }

    /** The masks that a segmentation model drew on the test images. */
    public static String evaluationMasks(UUID modelId, UUID runId) {
        return run(modelId, runId) + "masks/";
    }

    /** Sentences for the caller, UTF-8; absent where the evaluation had nothing to remark. */
    public static String evaluationRemarks(UUID modelId, UUID runId) {
        return run(modelId, runId) + "EvaluationRemarks.txt";
    }

    /** Everything that is kept of a batch detection while it goes on. */
    public static String batch(UUID modelId, UUID batchId) {
        return model(modelId) + "batches/" + batchId + "/";
    }

    /** The images of a batch, frozen, JSON Lines. */
    public static String batchImages(UUID modelId, UUID batchId) {
        return batch(modelId, batchId) + "images.jsonl";
    }

    /** The results of some images of a batch, JSON Lines; parts are counted from 0 and come to be in that order. */
    public static String batchPart(UUID modelId, UUID batchId, int part) {
        return String.format(Locale.ROOT, "%sparts/%07d.jsonl", batch(modelId, batchId), part);
    }
}
