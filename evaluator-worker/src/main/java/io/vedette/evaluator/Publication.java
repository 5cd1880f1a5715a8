package io.vedette.evaluator;

import io.quarkus.logging.Log;
import io.vedette.common.S3Uri;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.persistence.DatabaseTrouble;
import io.vedette.persistence.Model;
import io.vedette.runtime.CrashPoint;
import io.vedette.runtime.Digest;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import io.vedette.runtime.Run;
import io.vedette.runtime.UsersMistake;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Brings the winner's files to where the caller wants them, then moves the model to TRAINED. Whoever finds a winner that
 * is not yet published may repeat this: the same bytes go to the same place.
 */
@Singleton
final class Publication {
    private final ObjectStore store;
    private final TrainedModels models;

    Publication(ObjectStore store, TrainedModels models) {
        this.store = store;
        this.models = models;
    }

    /**
     * @param model in TRAINING, with a winner
     * @throws UsersMistake naming the output bucket, if it cannot be written to
     */
    void publish(Run<?> run, Model model) {
        Model.Evaluation winner = model.evaluation().orElseThrow();
        Model.Output output = model.output();
        String result = ArtifactLayout.evaluationResult(model.modelId(), winner.winnerRunId());
        String manifest = ArtifactLayout.evaluationManifest(model.modelId(), winner.winnerRunId());
        copyExtensions(run, model, winner.winnerRunId());
        run.progress("publishing the evaluation", 0, 2);
        copy(run, model, manifest, winner.manifestSha256(), output.manifestKey(model.arn()));
        run.progress("publishing the evaluation", 1, 2);
        CrashPoint.pass("evaluation.publishing", model.arn());
        copy(run, model, result, winner.resultSha256(), output.resultKey(model.arn()));
        CrashPoint.pass("evaluation.before-status", model.arn());
        String remark = remark(run, model);
        if (run.untilAnswered(() -> models.settle(model, winner, remark), DatabaseTrouble::isPassing)) {
            Log.infof("settled model=%s winner=%s status=TRAINED", model.modelId(), winner.winnerRunId());
        }
        CrashPoint.pass("evaluation.after-status", model.arn());
    }

    /** What the winner had to say of the model, or null. */
    private String remark(Run<?> run, Model model) {
        String key = ArtifactLayout.evaluationRemarks(
                model.modelId(), model.evaluation().orElseThrow().winnerRunId());
        return run.patiently(() -> store.getIfPresent(store.own(key)))
                .map(stored -> new String(stored.bytes(), StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** First what the manifest points at: the drawn masks; then our own file, which winners of older versions lack. */
    private void copyExtensions(Run<?> run, Model model, UUID winner) {
        String folder = ArtifactLayout.evaluationMasks(model.modelId(), winner);
        List<S3Uri> masks = run.patiently(() -> store.list(store.own(folder).bucket(), folder)
                .map(ObjectStore.Item::uri)
                .toList());
        String target = model.output().masksPrefix(model.arn());
        for (int i = 0; i < masks.size(); i++) {
            run.progress("publishing masks", i, masks.size());
            S3Uri mask = masks.get(i);
            byte[] png = run.patiently(() -> store.get(mask).bytes());
            put(run, model, png, target + mask.key().substring(folder.length()));
        }
        String extension = ArtifactLayout.vedetteEvaluation(model.modelId(), winner);
        run.patiently(() -> store.getIfPresent(store.own(extension)))
                .ifPresent(
                        stored -> put(run, model, stored.bytes(), model.output().vedetteEvaluationKey(model.arn())));
    }

    private void copy(Run<?> run, Model model, String from, String sha256, String to) {
        byte[] bytes = run.patiently(() -> store.get(store.own(from)).bytes());
        if (!Digest.sha256(bytes).equals(sha256)) {
            throw new IllegalStateException(from + " is not what the winner wrote");
        }
        put(run, model, bytes, to);
    }

    private void put(Run<?> run, Model model, byte[] bytes, String to) {
        S3Uri target = new S3Uri(model.output().bucket(), to);
        try {
            run.patiently(() -> write(target, bytes, model));
        } catch (ObjectStoreException failure) {
            if (!failure.isCallersFault()) {
                throw failure;
            }
            throw new UsersMistake(
                    "The evaluation could not be written to the output bucket " + target.bucket() + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    private void write(S3Uri target, byte[] bytes, Model model) {
        if (model.kmsKeyId().isPresent()) {
            store.putEncrypted(target, bytes, model.kmsKeyId().get());
        } else {
            store.put(target, bytes);
        }
    }
}
