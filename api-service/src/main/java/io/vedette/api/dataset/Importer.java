package io.vedette.api.dataset;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Works through the imports in the background, two at a time. What the caller can put right ends the import; trouble
 * with S3 or the database is waited out. Any replica takes over the imports of one that died.
 */
@ApplicationScoped
class Importer {
    private static final int THREADS = 2;
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final ImportSteps steps;
    private final ObjectStore store;
    private final Changes changes;
    private final Semaphore wake = new Semaphore(0);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Importer::thread);

    Importer(ImportSteps steps, ObjectStore store, Changes changes) {
        this.steps = steps;
        this.store = store;
        this.changes = changes;
    }

    void start(@Observes StartupEvent started) {
        for (int i = 0; i < THREADS; i++) {
            threads.execute(this::work);
        }
    }

    void onAdded(@Observes(during = TransactionPhase.AFTER_SUCCESS) ImportQueue.Added added) {
        wake.release();
    }

    /** An import that is cut here is taken up again, by whoever is next, when its claim has run out. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
            Log.warn("an import did not stop in time");
        }
    }

    private void work() {
        while (!threads.isShutdown()) {
            try {
                Optional<ImportJob> job = steps.claim();
                if (job.isPresent()) {
                    run(job.get());
                } else {
                    pause();
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                if (threads.isShutdown()) {
                    return;
                }
                Log.warnf(failure, "could not look for imports");
                wake.drainPermits();
                pauseQuietly();
            }
        }
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
        Duration pause = Duration.ofSeconds(1L << Math.min(job.attempts() - 1, 6));
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        if (!threads.isShutdown()) {
            Log.warnf(
                    failure, "import will be tried again dataset=%s seconds=%d", job.datasetId(), bounded.toSeconds());
        }
        steps.release(job, threads.isShutdown() ? Duration.ZERO : bounded);
    }

    /** The service's own copy; once applied or refused nobody needs it. A caller's manifest is the caller's. */
    private void forget(ImportJob job) {
        if (store.isOwn(job.source())) {
            changes.remove(job.source());
        }
    }

    private void pause() throws InterruptedException {
        if (wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            Log.debug("woken for an import");
        }
    }

    private void pauseQuietly() {
        try {
            pause();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dataset-import");
        thread.setDaemon(true);
        return thread;
    }
}
