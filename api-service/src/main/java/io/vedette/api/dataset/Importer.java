package io.vedette.api.dataset;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.background.ClaimedWork;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.time.Duration;

/**
 * Works through the imports in the background, two at a time. What the caller can put right ends the import; trouble
 * with S3 or the database is waited out. Any replica takes over the imports of one that died.
 */
@ApplicationScoped
class Importer {
    private static final int THREADS = 2;

    private final ImportSteps steps;
    private final ObjectStore store;
    private final Changes changes;
    private final ClaimedWork<ImportJob> work;

    Importer(ImportSteps steps, ObjectStore store, Changes changes) {
        this.steps = steps;
        this.store = store;
        this.changes = changes;
        this.work = new ClaimedWork<>("dataset-import", THREADS, steps::claim, this::run);
    }

    void start(@Observes StartupEvent started) {
        work.start();
    }

    void onAdded(@Observes(during = TransactionPhase.AFTER_SUCCESS) ImportQueue.Added added) {
        work.wake();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        work.stop();
    }

    private void run(ImportJob job) {
        try {
            ImageStats images = new ImportRun(job, store, steps).toTheEnd();
            Log.infof("imported dataset=%s kind=%s images=%d", job.datasetId(), job.kind(), images.total());
            forget(job);
        } catch (BadManifest bad) {
            fail(job, bad.getMessage());
        } catch (ObjectStoreException refusal) {
            if (refusal.isCallersFault()) {
                fail(job, refusal.getMessage());
            } else {
                retry(job, refusal);
            }
        } catch (ImportSteps.ClaimLost lost) {
            Log.infof("left the import to another process dataset=%s", job.datasetId());
        } catch (IOException | RuntimeException failure) {
            retry(job, failure);
        }
    }

    private void fail(ImportJob job, String reason) {
        steps.fail(job, reason);
        Log.infof("refused dataset=%s kind=%s reason=%s", job.datasetId(), job.kind(), reason);
        forget(job);
    }

    private void retry(ImportJob job, Exception failure) {
        Duration pause = work.isStopping() ? Duration.ZERO : ClaimedWork.pauseAfter(job.attempts());
        if (!work.isStopping()) {
            Log.warnf(failure, "import will be tried again dataset=%s seconds=%d", job.datasetId(), pause.toSeconds());
        }
        steps.release(job, pause);
    }

    /** The service's own copy; once applied or refused nobody needs it. A caller's manifest is the caller's. */
    private void forget(ImportJob job) {
        if (store.isOwn(job.source())) {
            changes.remove(job.source());
        }
    }
}
