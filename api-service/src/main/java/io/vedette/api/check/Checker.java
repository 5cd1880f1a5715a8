package io.vedette.api.check;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.dataset.Datasets.Placed;
import io.vedette.api.hosting.ImageInspection;
import io.vedette.common.dataset.BadEntry;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.inference.Inspection;
import io.vedette.common.inference.Inspection.Item;
import io.vedette.common.inference.Inspection.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Works through the checks in the background, one at a time and a page of it at a time. Whoever takes over a check goes on
 * where its last page ended.
 */
@ApplicationScoped
class Checker {
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    /** With the pauses between them about ten minutes without any progress. */
    private static final int MOST_ATTEMPTS = 15;

    private final CheckSteps steps;
    private final ImageInspection inspection;
    private final Semaphore wake = new Semaphore(0);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Checker::thread);

    Checker(CheckSteps steps, ImageInspection inspection) {
        this.steps = steps;
        this.inspection = inspection;
    }

    void start(@Observes StartupEvent started) {
        thread.execute(this::work);
    }

    void onAsked(@Observes(during = TransactionPhase.AFTER_SUCCESS) CheckCalls.Asked asked) {
        wake.release();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
            Log.warn("a check did not stop in time");
        }
    }

    private void work() {
        while (!thread.isShutdown()) {
            try {
                Optional<CheckJob> job = steps.claim();
                if (job.isPresent()) {
                    run(job.get());
                } else {
                    pause();
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                if (!thread.isShutdown()) {
                    Log.warnf(failure, "could not look for checks");
                    wake.drainPermits();
                    pauseQuietly();
                }
            }
        }
    }

    private void run(CheckJob job) {
        try {
            if (toTheEnd(job)) {
                steps.finish(job);
                Log.infof("checked dataset=%s", job.datasetId());
            } else {
                Log.infof("left the check to another process dataset=%s", job.datasetId());
            }
        } catch (RuntimeException failure) {
            retry(job, failure);
        }
    }

    /** False if it was lost on the way. */
    private boolean toTheEnd(CheckJob job) {
        long after = job.after();
        for (List<Placed> page = page(job, after); !page.isEmpty(); page = page(job, after)) {
            if (!steps.write(job, looked(page))) {
                return false;
            }
            after = page.get(page.size() - 1).seq();
        }
        return true;
    }

    private List<Placed> page(CheckJob job, long after) {
        return steps.page(job, after, Inspection.MOST);
    }

    private List<SeenImages.Row> looked(List<Placed> page) {
        List<Item> items = new ArrayList<>();
        List<String> badMaps = new ArrayList<>();
        for (Placed placed : page) {
            DatasetEntry entry = placed.entry();
            try {
                items.add(new Item(entry.sourceRef(), entry.maskRef().orElse(null), entry.defectClasses()));
                badMaps.add(null);
            } catch (BadEntry bad) {
                items.add(new Item(entry.sourceRef(), null, List.of()));
                badMaps.add("The mask " + entry.maskRef().orElseThrow() + " cannot be used: " + bad.getMessage() + ".");
            }
        }
        List<Seen> seen = inspection.inspect(items);
        List<SeenImages.Row> rows = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            rows.add(new SeenImages.Row(page.get(i).seq(), items.get(i).image(), seen.get(i), badMaps.get(i)));
        }
        return rows;
    }

    private void retry(CheckJob job, RuntimeException failure) {
        if (thread.isShutdown()) {
            steps.release(job, Duration.ZERO);
        } else if (job.attempts() >= MOST_ATTEMPTS) {
            Log.warnf(failure, "gave up a check dataset=%s", job.datasetId());
            steps.fail(job, "The images could not be looked at for a long time. Try again later.");
        } else {
            Duration pause = Duration.ofSeconds(1L << Math.min(job.attempts() - 1, 6));
            Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            Log.warnf("check will be tried again dataset=%s: %s", job.datasetId(), failure.getMessage());
            steps.release(job, bounded);
        }
    }

    private void pause() throws InterruptedException {
        if (wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            Log.debug("woken for a check");
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
        Thread thread = new Thread(work, "dataset-check");
        thread.setDaemon(true);
        return thread;
    }
}
