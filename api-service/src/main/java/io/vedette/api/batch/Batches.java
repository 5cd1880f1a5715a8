package io.vedette.api.batch;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.api.tracking.Request;
import io.vedette.common.BatchStatus;
import io.vedette.common.S3Uri;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of {@code batch_detection}. Whoever changes one holds it by {@link #findAndLock}; run and attempt decide who may.
 */
@ApplicationScoped
class Batches implements PanacheRepositoryBase<BatchEntity, UUID> {
    /**
     * A batch that is asked for.
     *
     * @param threshold null for what the model has learned
     */
    record New(
            UUID batchId,
            UUID modelId,
            String input,
            Double threshold,
            int partImages,
            S3Uri results,
            S3Uri summary,
            long total) {}

    Batch add(New wanted, Instant at) {
        BatchEntity row = new BatchEntity();
        row.batchId = wanted.batchId();
        row.modelId = wanted.modelId();
        row.status = BatchStatus.QUEUED;
        row.input = wanted.input();
        row.threshold = wanted.threshold();
        row.partImages = wanted.partImages();
        row.results = wanted.results().toString();
        row.summary = wanted.summary().toString();
        row.total = wanted.total();
        row.askedAt = at;
        row.attempt = 1;
        persistAndFlush(row);
        return row.state();
    }

    Optional<Batch> find(UUID modelId, UUID batchId) {
        return find("modelId = ?1 and batchId = ?2", modelId, batchId)
                .firstResultOptional()
                .map(BatchEntity::state);
    }

    /** At most {@code limit} batches with a seq below {@code before}. */
    List<Batch> newestFirst(UUID modelId, long before, int limit) {
        return find("modelId = ?1 and seq < ?2 order by seq desc", modelId, before).page(0, limit).stream()
                .map(BatchEntity::state)
                .toList();
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<Batch> findAndLock(UUID batchId) {
        return Optional.ofNullable(findById(batchId, LockModeType.PESSIMISTIC_WRITE))
                .map(row -> {
                    getEntityManager().refresh(row);
                    return row.state();
                });
    }

    void begin(Batch batch, RunStarted started, Instant at, long heard) {
        update(
                "status = ?1, runId = ?2, worker = ?3, startedAt = coalesce(startedAt, ?4), lastHeard = ?5,"
                        + " progressed = ?5, runDone = null where batchId = ?6",
                BatchStatus.IN_PROGRESS,
                started.run().runId(),
                started.worker(),
                at,
                heard,
                batch.batchId());
    }

    /** Counts never fall: an attempt that goes on behind the last part is behind what was heard before it. */
    void heard(Batch batch, RunProgressed progressed, long heard) {
        boolean further = progressed.done() > batch.done();
        long failed = progressed.failed() == null ? 0 : progressed.failed();
        update(
                "done = ?1, failed = ?2, lostAttempts = ?3, excusedAttempts = ?4, lastHeard = ?5,"
                        + " progressed = case when runDone >= ?6 and ?8 = false then progressed else ?5 end,"
                        + " runDone = case when runDone >= ?6 then runDone else ?6 end where batchId = ?7",
                further ? progressed.done() : batch.done(),
                Math.max(batch.failed(), failed),
                further ? 0 : batch.lostAttempts(),
                further ? 0 : batch.excusedAttempts(),
                heard,
                progressed.done(),
                batch.batchId(),
                progressed.phase().equals(RunProgressed.GIVING_WAY));
    }

    void requeue(Batch batch, int lostAttempts, int excusedAttempts) {
        update(
                "attempt = ?1, lostAttempts = ?2, excusedAttempts = ?3, runId = null, worker = null, lastHeard = null,"
                        + " dispatchEvent = null where batchId = ?4",
                batch.attempt() + 1,
                lostAttempts,
                excusedAttempts,
                batch.batchId());
    }

    /** Notes which outbox row asks for the present attempt. */
    void noteDispatch(UUID batchId, UUID eventId) {
        update("dispatchEvent = ?1 where batchId = ?2", eventId, batchId);
    }

    /** The requests that wait on their topic, as far as it is known where they lie. */
    List<Request> waiting() {
        return getEntityManager()
                .createQuery(
                        "select b.batchId, b.attempt, o.partition, o.offset from BatchDetection b"
                                + " join Outbox o on o.eventId = b.dispatchEvent and o.publishedAt is not null"
                                + " where b.runId is null and b.status in (QUEUED, IN_PROGRESS)",
                        Object[].class)
                .getResultStream()
                .map(row -> new Request(Kind.BATCH, (UUID) row[0], (Integer) row[1], (Integer) row[2], (Long) row[3]))
                .toList();
    }

    /** @param detail why it failed; null unless it has */
    void settle(Batch batch, BatchStatus status, String detail, Instant at) {
        update(
                "status = ?1, detail = ?2, endedAt = ?3, runId = null, lastHeard = null where batchId = ?4",
                status,
                detail,
                at,
                batch.batchId());
    }

    /** Those whose worker was last heard before this, on the lease clock. */
    List<UUID> silent(long before) {
        return find("runId is not null and lastHeard < ?1 order by seq", before).stream()
                .map(row -> row.batchId)
                .toList();
    }

    /** Those whose worker has come no further since this, on the lease clock. */
    List<UUID> standing(long since) {
        return find("runId is not null and progressed < ?1 order by seq", since).stream()
                .map(row -> row.batchId)
                .toList();
    }

    /** Settled ones that may still have something on S3, which no worker needs any more. */
    List<Batch> toClear(Instant endedBefore, int limit) {
        return find("not cleared and endedAt < ?1 order by endedAt", endedBefore).page(0, limit).stream()
                .map(BatchEntity::state)
                .toList();
    }

    void markCleared(UUID batchId) {
        update("cleared = true where batchId = ?1", batchId);
    }
}
