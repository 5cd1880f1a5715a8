package io.vedette.api.dataset;

import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.api.dataset.ImportRules.Placed;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One attempt at an import: its lines are read from S3 and written by batches, with memory for one batch only. */
final class ImportRun {
    private static final int BATCH_LINES = 1000;
    private static final int BATCH_CHARACTERS = 1 << 20;
    private static final Duration RENEWAL = ImportSteps.LEASE.dividedBy(3);

    private final ImportJob job;
    private final ObjectStore store;
    private final ImportSteps steps;
    private final Map<Long, Placed> batch = new LinkedHashMap<>();
    private int batchCharacters;
    private long renewed = System.nanoTime();

    ImportRun(ImportJob job, ObjectStore store, ImportSteps steps) {
        this.job = job;
        this.store = store;
        this.steps = steps;
    }

    /**
     * @throws BadManifest if what it holds cannot be imported
     * @throws IOException if reading was cut
     */
    ImageStats toTheEnd() throws IOException {
        String ownBucket = store.own("x").bucket();
        ImportRules rules = new ImportRules(job, ownBucket, steps.begin(job));
        boolean any = false;
        try (ObjectStream stream = store.open(job.source(), job.versionId().orElse(null));
                ManifestLines lines = new ManifestLines(stream, job.kind().source())) {
            checkSize(stream);
            Optional<ManifestLines.Line> line = lines.next();
            while (line.isPresent()) {
                any = true;
                add(rules.place(line.get()));
                line = lines.next();
            }
        }
        if (!any) {
            throw new BadManifest("The " + job.kind().source() + " has no lines.");
        }
        flush();
        return steps.finish(job, rules.bucket().orElseThrow());
    }

    private void checkSize(ObjectStream stream) {
        if (stream.size() > ManifestLines.MAX_BYTES) {
            throw new BadManifest("The " + job.kind().source() + " is larger than 1 GB.");
        }
    }

    private void add(Placed placed) {
        Placed replaced = batch.put(placed.seq(), placed);
        batchCharacters += placed.entry().line().length()
                - (replaced == null ? 0 : replaced.entry().line().length());
        if (batch.size() == BATCH_LINES || batchCharacters > BATCH_CHARACTERS) {
            flush();
        } else if (System.nanoTime() - renewed > RENEWAL.toNanos()) {
            steps.renew(job);
            renewed = System.nanoTime();
        }
    }

    private void flush() {
        if (!batch.isEmpty()) {
            steps.write(job, batch.values());
            batch.clear();
            batchCharacters = 0;
            renewed = System.nanoTime();
        }
    }
}
