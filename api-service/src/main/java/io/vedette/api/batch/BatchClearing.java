package io.vedette.api.batch;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.runtime.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Removes in the background what settled batches have kept for a next attempt; the caller's results stay. */
@ApplicationScoped
class BatchClearing {
    /** A worker that is told to stop, or has just been superseded, may still write a part. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private static final int AT_ONCE = 20;

    private final Rows rows;
    private final ObjectStore store;

    BatchClearing(Rows rows, ObjectStore store) {
        this.rows = rows;
        this.store = store;
    }

    @Scheduled(every = "${vedette.batch.clear-every:30s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void clear() {
        for (Batch batch : rows.next(Instant.now().minus(SETTLING))) {
            try {
                store.deletePrefix(ArtifactLayout.batch(batch.modelId(), batch.batchId()));
                rows.done(batch);
            } catch (RuntimeException failure) {
                Log.warnf("postponed clearing batch=%s: %s", batch.batchId(), failure.getMessage());
            }
        }
    }

    /** The transactions around it. */
    @ApplicationScoped
    static class Rows {
        private final Batches batches;

        Rows(Batches batches) {
            this.batches = batches;
        }

        @Transactional
        List<Batch> next(Instant endedBefore) {
            return batches.toClear(endedBefore, AT_ONCE);
        }

        @Transactional
        void done(Batch batch) {
            batches.markCleared(batch.batchId());
        }
    }
}
