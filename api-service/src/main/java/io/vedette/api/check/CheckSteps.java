package io.vedette.api.check;

import io.vedette.api.check.DatasetCheck.Status;
import io.vedette.api.dataset.Datasets;
import io.vedette.api.dataset.Datasets.Placed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The short transactions of a check. What was seen and how far it is are written together, or neither. */
@ApplicationScoped
class CheckSteps {
    /** A process that has written nothing for so long has lost its check: longer than a page may take. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final Checks checks;
    private final SeenImages images;
    private final Datasets datasets;

    CheckSteps(Checks checks, SeenImages images, Datasets datasets) {
        this.checks = checks;
        this.images = images;
        this.datasets = datasets;
    }

    @Transactional
    Optional<CheckJob> claim() {
        return checks.claim(LEASE);
    }

    /** The next entries; none at the end, and none where the data set is not what it was any more. */
    @Transactional
    List<Placed> page(CheckJob job, long after, int size) {
        return datasets.page(job.datasetId(), job.revision(), after, size);
    }

    /** False if the check has been taken over or removed: then nothing is written. */
    @Transactional
    boolean write(CheckJob job, List<SeenImages.Row> rows) {
        long last = rows.get(rows.size() - 1).seq();
        if (!checks.advance(job, last, rows.size(), LEASE)) {
            return false;
        }
        images.add(job.checkId(), rows);
        return true;
    }

    /** All entries were looked at: a check of what is there, unless the data set has changed meanwhile. */
    @Transactional
    void finish(CheckJob job) {
        boolean still = datasets.revision(job.datasetId())
                .filter(now -> now == job.revision())
                .isPresent();
        if (still) {
            checks.end(job, Status.COMPLETE, Status.COMPLETE.sentence());
        } else {
            checks.end(job, Status.FAILED, Status.FAILED.sentence() + " It was changed meanwhile: check it again.");
        }
    }

    @Transactional
    void fail(CheckJob job, String reason) {
        checks.end(job, Status.FAILED, Status.FAILED.sentence() + " " + reason);
    }

    @Transactional
    void release(CheckJob job, Duration pause) {
        checks.release(job, pause);
    }
}
