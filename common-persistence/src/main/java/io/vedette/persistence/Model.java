package io.vedette.persistence;

import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent.Performance;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A model as its row was when it was read.
 *
 * @param detail what the status's own sentence does not say: why a training failed, or a remark on a trained model
 * @param phase empty once the model is settled
 * @param attempt the attempt of the present phase that is wanted; a run of an older one is superseded
 * @param lostAttempts attempts of the present phase that a lost worker or a fault of ours has used up
 * @param excusedAttempts attempts of the present phase that were interrupted, or ended by the infrastructure
 * @param artifact empty until a training run has left one
 * @param evaluation empty until an evaluation has won; meaningful to callers only once the model is trained
 */
public record Model(
        UUID modelId,
        UUID projectId,
        ModelArn arn,
        Instant createdAt,
        Optional<String> description,
        Optional<String> kmsKeyId,
        Output output,
        ModelStatus status,
        Optional<String> detail,
        Optional<Phase> phase,
        int attempt,
        int lostAttempts,
        int excusedAttempts,
        Optional<Artifact> artifact,
        Optional<Evaluation> evaluation) {

    /**
     * Where the caller wants the evaluation files.
     *
     * @param prefix goes before the files' names as it is, no slash added; may be empty
     */
    public record Output(String bucket, String prefix) {
        /** The key of the EvaluationResult (specification §6.1). */
        public String resultKey(ModelArn arn) {
            return key("EvaluationResult", arn);
        }

        /** The key of the EvaluationManifest (specification §6.1). */
        public String manifestKey(ModelArn arn) {
            return key("EvaluationManifest", arn);
        }

        /** The key of the extension file beside those two. */
        public String vedetteEvaluationKey(ModelArn arn) {
            return key("VedetteEvaluation", arn);
        }

        /** What the keys of the masks begin with that a segmentation model drew on the test images. */
        public String masksPrefix(ModelArn arn) {
            return prefix + "EvaluationMasks-" + arn.project() + "-" + arn.version() + "/";
        }

        private String key(String file, ModelArn arn) {
            return prefix + file + "-" + arn.project() + "-" + arn.version() + ".json";
        }
    }

    /**
     * What a training run left.
     *
     * @param key of {@code artifact.json} in the service's own bucket
     * @param sha256 of its bytes; empty where the winner evaluated another run's artifact than the one last announced
     */
    public record Artifact(UUID trainingRunId, String key, Optional<String> sha256, int trainingImages) {}

    public record Evaluation(
            UUID winnerRunId, Instant endedAt, String resultSha256, String manifestSha256, Performance performance) {}
}
