package io.vedette.api.dataset;

import io.vedette.api.dataset.ImportJob.Kind;
import io.vedette.common.DatasetType;
import io.vedette.common.S3Uri;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code dataset_import}: at most one for a data set, claimed by one process at a time, on the database's clock. */
@ApplicationScoped
class ImportQueue {
    private final EntityManager database;
    private final Event<Added> added;

    ImportQueue(EntityManager database, Event<Added> added) {
        this.database = database;
        this.added = added;
    }

    /** Fired with each row; observe it after the transaction's success to begin at once. */
    record Added() {}

    void add(UUID datasetId, Kind kind, S3Uri source, String versionId) {
        database.createNativeQuery("insert into dataset_import (dataset_id, kind, bucket, key, version_id)"
                        + " values (?1, ?2, ?3, ?4, cast(?5 as text))")
                .setParameter(1, datasetId)
                .setParameter(2, kind.name())
                .setParameter(3, source.bucket())
                .setParameter(4, source.key())
                .setParameter(5, versionId)
                .executeUpdate();
        added.fire(new Added());
    }

    /** The oldest import that nobody works on: new, given back, or of a process that has not renewed its claim in time. */
    Optional<ImportJob> claim(Duration lease) {
        UUID claim = UUID.randomUUID();
        List<?> rows = database.createNativeQuery(
                        "update dataset_import i set claimed_by = ?1,"
                                + " claimed_until = now() + make_interval(secs => ?2), attempts = attempts + 1"
                                + " from dataset d where d.dataset_id = i.dataset_id and i.import_id ="
                                + " (select import_id from dataset_import where claimed_until is null or claimed_until < now()"
                                + " order by import_id limit 1 for update skip locked)"
                                + " returning i.import_id, i.dataset_id, d.type, i.kind, i.bucket, i.key, i.version_id, i.attempts")
                .setParameter(1, claim)
                .setParameter(2, (double) lease.toSeconds())
                .getResultList();
        return rows.stream().findFirst().map(row -> job((Object[]) row, claim));
    }

    /** False if another process has taken the import over. Until this transaction ends nobody can. */
    boolean renew(ImportJob job, Duration lease) {
        return until(job, lease, job.claim());
    }

    /** Gives the import back, to be claimed again after a pause. */
    void release(ImportJob job, Duration pause) {
        until(job, pause, null);
    }

    void remove(ImportJob job) {
        database.createNativeQuery("delete from dataset_import where import_id = ?1")
                .setParameter(1, job.importId())
                .executeUpdate();
    }

    private boolean until(ImportJob job, Duration time, UUID claim) {
        return database.createNativeQuery("update dataset_import set claimed_by = cast(?1 as uuid),"
                                + " claimed_until = now() + make_interval(secs => ?2)"
                                + " where import_id = ?3 and claimed_by = ?4")
                        .setParameter(1, claim)
                        .setParameter(2, (double) time.toSeconds())
                        .setParameter(3, job.importId())
                        .setParameter(4, job.claim())
                        .executeUpdate()
                == 1;
    }

    private static ImportJob job(Object[] row, UUID claim) {
        return new ImportJob(
                ((Number) row[0]).longValue(),
                (UUID) row[1],
                DatasetType.parse((String) row[2]),
                Kind.valueOf((String) row[3]),
                new S3Uri((String) row[4], (String) row[5]),
                Optional.ofNullable((String) row[6]),
                claim,
                ((Number) row[7]).intValue());
    }
}
