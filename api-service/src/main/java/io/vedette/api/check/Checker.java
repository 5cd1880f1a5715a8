package io.vedette.api.check;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.background.ClaimedWork;
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

/**
 * Works through the checks in the background, one at a time and a page of it at a time. Whoever takes over a check goes on
 * where its last page ended.
 */
@ApplicationScoped
class Checker {
    /** With the pauses between them about ten minutes without any progress. */
    private static final int MOST_ATTEMPTS = 15;

    private final CheckSteps steps;
    private final ImageInspection inspection;
    private final ClaimedWork<CheckJob> work;

    Checker(CheckSteps steps, ImageInspection inspection) {
        this.steps = steps;
        this.inspection = inspection;
        this.work = new ClaimedWork<>("dataset-check", 1, steps::claim, this::run);
    }

    void start(@Observes StartupEvent started) {
        work.start();
    }

    void onAsked(@Observes(during = TransactionPhase.AFTER_SUCCESS) CheckCalls.Asked asked) {
        work.wake();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        work.stop();
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
        if (work.isStopping()) {
            steps.release(job, Duration.ZERO);
        } else if (job.attempts() >= MOST_ATTEMPTS) {
            Log.warnf(failure, "gave up a check dataset=%s", job.datasetId());
            steps.fail(job, "The images could not be looked at for a long time. Try again later.");
        } else {
            Log.warnf("check will be tried again dataset=%s: %s", job.datasetId(), failure.getMessage());
            steps.release(job, ClaimedWork.pauseAfter(job.attempts()));
        }
    }
}
