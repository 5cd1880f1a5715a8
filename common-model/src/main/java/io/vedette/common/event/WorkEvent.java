package io.vedette.common.event;

import io.vedette.common.ModelArn;
import io.vedette.common.S3Uri;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Long work that somebody has to do, claimed from Kafka through a work queue. The key is the model's ARN. */
public sealed interface WorkEvent extends Event {
    UUID modelId();

    ModelArn modelArn();

    int attempt();

    /** The batch that the work is, or null: then it is the model's own. */
    default UUID batchId() {
        return null;
    }

    /**
     * A model is to be trained.
     *
     * @param modelId the model, for ever
     * @param attempt 1 for the first try, one more for each that follows a lost or failed one
     * @param trainEntries key of the frozen training entries (JSON Lines) in the service's own bucket
     * @param testEntries key of the frozen test entries in the service's own bucket
     * @param kmsKeyId the key the caller named, or null
     */
    record TrainRequested(
            UUID modelId, ModelArn modelArn, int attempt, String trainEntries, String testEntries, String kmsKeyId)
            implements WorkEvent {
        public TrainRequested {
            Objects.requireNonNull(modelId, "modelId is missing");
            Objects.requireNonNull(modelArn, "modelArn is missing");
        }
    }

    /**
     * A training run has left a complete artifact; it is to be evaluated.
     *
     * @param attempt the attempt of the evaluation, from 1
     * @param trainingRunId the run that made the artifact
     * @param artifact key of the run's {@code artifact.json} in the service's own bucket
     * @param artifactSha256 SHA-256 of those bytes, hexadecimal; null where it is not known
     * @param trainingImages how many labelled images were learned from
     */
    record ModelTrained(
            UUID modelId,
            ModelArn modelArn,
            int attempt,
            UUID trainingRunId,
            String artifact,
            String artifactSha256,
            int trainingImages)
            implements WorkEvent {
        public ModelTrained {
            Objects.requireNonNull(modelId, "modelId is missing");
            Objects.requireNonNull(modelArn, "modelArn is missing");
            Objects.requireNonNull(trainingRunId, "trainingRunId is missing");
            Objects.requireNonNull(artifact, "artifact is missing");
        }
    }

    /**
     * A trained model is to look at many images. All that decides the result is in here or in what it names, so that every
     * attempt has the same one.
     *
     * @param artifact key of the model's {@code artifact.json} in the service's own bucket
     * @param artifactSha256 SHA-256 of those bytes, hexadecimal; null where it is not known
     * @param threshold the score from which an image is anomalous; the model's own where null
     * @param images key of the frozen list in the service's own bucket: JSON Lines with the member {@code source-ref}
     * @param total how many they are
     * @param partImages how many images each part has, but for the last
     * @param results where the results go
     * @param summary where the summary goes
     */
    record BatchRequested(
            UUID batchId,
            UUID modelId,
            ModelArn modelArn,
            int attempt,
            String artifact,
            String artifactSha256,
            Double threshold,
            String images,
            long total,
            int partImages,
            S3Uri results,
            S3Uri summary,
            Instant requestedAt)
            implements WorkEvent {
        public BatchRequested {
            Objects.requireNonNull(batchId, "batchId is missing");
            Objects.requireNonNull(modelId, "modelId is missing");
            Objects.requireNonNull(modelArn, "modelArn is missing");
        }
    }
}
