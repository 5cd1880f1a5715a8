package io.vedette.api.batch;

import io.quarkus.logging.Log;
import io.vedette.common.BatchStatus;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The steps of a batch that is held by {@link Batches#findAndLock}, each with its events in the caller's transaction. */
@ApplicationScoped
class BatchProgress {
    /** So many attempts may be lost without a further image before a batch is given up. */
    static final int ATTEMPTS = 3;

    /** So many may end by nobody's fault without a further image: no batch may go round for ever. */
    static final int MOST_EXCUSED = 50;

    private final Batches batches;
    private final Models models;
    private final BatchNews news;

    BatchProgress(Batches batches, Models models, BatchNews news) {
        this.batches = batches;
        this.models = models;
        this.news = news;
    }

    /** A run has claimed the present attempt; one that held it before may stop. */
    void begin(Batch batch, RunStarted started, Instant at, long heard) {
        batch.runId()
                .filter(other -> !other.equals(started.run().runId()))
                .ifPresent(other -> news.callOff(other, batch.modelId(), "another worker has claimed the batch"));
        batches.begin(batch, started, at, heard);
        if (batch.status() == BatchStatus.QUEUED) {
            tell(batch);
        }
        Log.infof("started batch=%s attempt=%d worker=%s", batch.batchId(), batch.attempt(), started.worker());
    }

    /** A worker is wanted for the present attempt. */
    void request(Batch batch, Model model) {
        batches.noteDispatch(batch.batchId(), news.request(batch, model));
    }

    /** The present attempt is lost, or has failed: the batch is handed out again, or given up. */
    void lost(Batch batch, String reason) {
        again(batch, batch.lostAttempts() + 1, batch.excusedAttempts(), reason);
    }

    /** The present attempt has ended by nobody's fault: the batch is handed out again, or given up. */
    void excused(Batch batch, String reason) {
        again(batch, batch.lostAttempts(), batch.excusedAttempts() + 1, reason);
    }

    private void again(Batch batch, int lost, int excused, String reason) {
        if (lost >= ATTEMPTS || excused >= MOST_EXCUSED) {
            end(
                    batch,
                    BatchStatus.FAILED,
                    "It was given up after " + (lost >= ATTEMPTS ? lost : lost + excused)
                            + " attempts that came no further. " + reason
                            + " See the worker's log, then start the batch again.");
        } else {
            batches.requeue(batch, lost, excused);
            request(now(batch), model(batch));
            Log.infof(
                    "requeued batch=%s attempt=%d lost=%d excused=%d",
                    batch.batchId(), batch.attempt() + 1, lost, excused);
        }
    }

    /** @param detail why it failed; null unless it has */
    void end(Batch batch, BatchStatus status, String detail) {
        batches.settle(batch, status, detail, Instant.now());
        tell(batch);
        Log.infof("ended batch=%s status=%s done=%d", batch.batchId(), status, batch.done());
    }

    private void tell(Batch before) {
        news.tell(before.status(), now(before), model(before));
    }

    private Batch now(Batch before) {
        return batches.findAndLock(before.batchId()).orElseThrow();
    }

    private Model model(Batch batch) {
        return models.find(batch.modelId()).orElseThrow();
    }
}
