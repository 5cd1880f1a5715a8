package io.vedette.api.batch;

import io.vedette.common.BatchStatus;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import io.vedette.common.S3Uri;
import io.vedette.persistence.Model;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the calls of batch detections answer. Null stands for a member that is absent. */
final class BatchAnswers {
    private BatchAnswers() {}

    /**
     * @param threshold null where the model's learned one counts
     * @param total images of the batch
     * @param done images that were looked at
     * @param failed how many of those could not be used
     * @param results where the results are, or will be
     * @param summary where the summary is; null until the batch is complete
     * @param attempt from 1
     */
    record BatchDetection(
            UUID batchDetectionId,
            ProjectName projectName,
            ModelVersion modelVersion,
            BatchStatus status,
            String statusMessage,
            String input,
            Double threshold,
            long total,
            long done,
            long failed,
            S3Uri results,
            S3Uri summary,
            int attempt,
            String worker,
            Instant requestedAt,
            Instant startedAt,
            Instant endedAt) {

        static BatchDetection of(Batch batch, Model model) {
            return new BatchDetection(
                    batch.batchId(),
                    model.arn().project(),
                    model.arn().version(),
                    batch.status(),
                    batch.message(),
                    batch.input(),
                    batch.threshold().orElse(null),
                    batch.total(),
                    batch.done(),
                    batch.failed(),
                    batch.results(),
                    batch.status() == BatchStatus.COMPLETE ? batch.summary() : null,
                    batch.attempt(),
                    batch.worker().orElse(null),
                    batch.askedAt(),
                    batch.startedAt().orElse(null),
                    batch.endedAt().orElse(null));
        }
    }

    record BatchDetections(List<BatchDetection> batchDetections, String nextToken) {}
}
