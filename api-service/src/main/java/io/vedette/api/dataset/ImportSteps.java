package io.vedette.api.dataset;

import io.vedette.api.aws.AccountBuckets;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.api.dataset.ImportRules.Placed;
import io.vedette.api.dataset.ImportRules.Present;
import io.vedette.common.DatasetStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** The short transactions of an import. Each begins by renewing the claim, so that a run that lost it can write nothing. */
@ApplicationScoped
class ImportSteps {
    static final Duration LEASE = Duration.ofSeconds(30);

    private final ImportQueue queue;
    private final Datasets datasets;
    private final Entries entries;
    private final DatasetNews news;
    private final AccountBuckets buckets;

    ImportSteps(ImportQueue queue, Datasets datasets, Entries entries, DatasetNews news, AccountBuckets buckets) {
        this.queue = queue;
        this.datasets = datasets;
        this.entries = entries;
        this.news = news;
        this.buckets = buckets;
    }

    /** Another process has taken the import over. */
    static class ClaimLost extends RuntimeException {}

    @Transactional
    Optional<ImportJob> claim() {
        return queue.claim(LEASE);
    }

    /** Clears away what an earlier run of the import left, and says what the data set has. */
    @Transactional
    Present begin(ImportJob job) {
        Dataset dataset = fenced(job);
        entries.restore(dataset.datasetId(), dataset.revision());
        return new Present(entries.places(dataset.datasetId(), dataset.revision()), dataset.bucket());
    }

    @Transactional
    void renew(ImportJob job) {
        fenced(job);
    }

    @Transactional
    void write(ImportJob job, Collection<Placed> batch) {
        Dataset dataset = fenced(job);
        entries.write(dataset.datasetId(), dataset.revision(), batch);
    }

    /** @throws BadManifest if the images are in a bucket that the account may not name */
    @Transactional
    ImageStats finish(ImportJob job, String bucket) {
        Dataset dataset = fenced(job);
        if (!buckets.mayHold(dataset.datasetId(), bucket)) {
            throw new BadManifest(bucket + " is not one of the buckets that this account may name.");
        }
        ImageStats images = entries.count(dataset.datasetId(), dataset.revision() + 1);
        DatasetStatus done = job.kind().done();
        if (!datasets.flip(dataset, done, bucket, images)) {
            throw new ClaimLost();
        }
        queue.remove(job);
        news.changed(dataset.datasetId(), dataset.status());
        return images;
    }

    /** Leaves the data set as it was before the import, with a status that says why. */
    @Transactional
    void fail(ImportJob job, String reason) {
        Dataset dataset = fenced(job);
        entries.restore(dataset.datasetId(), dataset.revision());
        DatasetStatus failed = job.kind().failed();
        if (!datasets.fail(dataset, failed, Dataset.sentence(failed) + " " + reason)) {
            throw new ClaimLost();
        }
        queue.remove(job);
        news.changed(dataset.datasetId(), dataset.status());
    }

    @Transactional
    void release(ImportJob job, Duration pause) {
        queue.release(job, pause);
    }

    private Dataset fenced(ImportJob job) {
        if (!queue.renew(job, LEASE)) {
            throw new ClaimLost();
        }
        return datasets.find(job.datasetId()).orElseThrow(ClaimLost::new);
    }
}
