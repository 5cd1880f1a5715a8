package io.vedette.api.batch;

import io.vedette.common.BatchStatus;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.event.LifecycleEvent.BatchDetectionStatusChanged;
import io.vedette.common.event.RunCancelled;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent.BatchRequested;
import io.vedette.persistence.Model;
import io.vedette.persistence.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What the workers and the world are told of batches, through the outbox of the caller's transaction. */
@ApplicationScoped
class BatchNews {
    private final Outbox outbox;

    BatchNews(Outbox outbox) {
        this.outbox = outbox;
    }

    /** A worker is wanted for the batch's present attempt. @return the event's id */
    UUID request(Batch batch, Model model) {
        Model.Artifact artifact = model.artifact().orElseThrow();
        return outbox.add(
                Topic.BATCH_REQUESTED,
                model.arn().toString(),
                new BatchRequested(
                        batch.batchId(),
                        model.modelId(),
                        model.arn(),
                        batch.attempt(),
                        artifact.key(),
                        artifact.sha256().orElse(null),
                        batch.threshold().orElse(null),
                        ArtifactLayout.batchImages(model.modelId(), batch.batchId()),
                        batch.total(),
                        batch.partImages(),
                        batch.results(),
                        batch.summary(),
                        batch.askedAt()));
    }

    /**
     * @param before null where the batch has just come to be
     * @param now the batch as it has become
     */
    void tell(BatchStatus before, Batch now, Model model) {
        boolean complete = now.status() == BatchStatus.COMPLETE;
        outbox.add(
                Topic.LIFECYCLE,
                model.arn().toString(),
                new BatchDetectionStatusChanged(
                        now.batchId(),
                        model.modelId(),
                        model.arn(),
                        before,
                        now.status(),
                        now.message(),
                        now.total(),
                        now.done(),
                        now.failed(),
                        complete ? now.results() : null,
                        complete ? now.summary() : null));
    }

    /** The worker that holds this run may stop. */
    void callOff(UUID runId, UUID modelId, String reason) {
        outbox.add(Topic.RUN_CONTROL, runId.toString(), new RunCancelled(runId, modelId, reason));
    }
}
