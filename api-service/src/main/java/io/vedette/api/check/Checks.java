package io.vedette.api.check;

import io.vedette.api.check.DatasetCheck.Status;
import io.vedette.api.dataset.Dataset;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code dataset_check}: one for a data set, claimed by one process at a time. */
@ApplicationScoped
class Checks {
    private static final String COLUMNS = "check_id, status, status_message, total, done, asked_at, ended_at";

    private final EntityManager database;

    Checks(EntityManager database) {
        this.database = database;
    }

    /** Begins one in the place of the last, which is forgotten; one that still goes on is left to it. */
    DatasetCheck begin(Dataset dataset) {
        database.createNativeQuery("delete from dataset_check where dataset_id = ?1 and status <> 'IN_PROGRESS'")
                .setParameter(1, dataset.datasetId())
                .executeUpdate();
        database.createNativeQuery("insert into dataset_check"
                        + " (check_id, dataset_id, revision, status, status_message, total)"
                        + " values (?1, ?2, ?3, 'IN_PROGRESS', ?4, ?5) on conflict (dataset_id) do nothing")
                .setParameter(1, UUID.randomUUID())
                .setParameter(2, dataset.datasetId())
                .setParameter(3, dataset.revision())
                .setParameter(4, Status.IN_PROGRESS.sentence())
                .setParameter(5, dataset.images().total())
                .executeUpdate();
        return of(dataset.datasetId()).orElseThrow();
    }

    /** The last check of a data set. */
    Optional<DatasetCheck> of(UUID datasetId) {
        List<?> rows = database.createNativeQuery("select " + COLUMNS + " from dataset_check where dataset_id = ?1")
                .setParameter(1, datasetId)
                .getResultList();
        return rows.stream().map(Object[].class::cast).map(Checks::check).findFirst();
    }

    /** The oldest one that nobody works on: new, given back, or of a process that has not renewed its claim in time. */
    Optional<CheckJob> claim(Duration lease) {
        UUID claim = UUID.randomUUID();
        List<?> rows = database.createNativeQuery("update dataset_check set claimed_by = ?1,"
                        + " claimed_until = now() + make_interval(secs => ?2), attempts = attempts + 1 where check_id ="
                        + " (select check_id from dataset_check where status = 'IN_PROGRESS'"
                        + " and (claimed_until is null or claimed_until < now())"
                        + " order by asked_at limit 1 for update skip locked)"
                        + " returning check_id, dataset_id, revision, seq, attempts")
                .setParameter(1, claim)
                .setParameter(2, (double) lease.toSeconds())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> job(row, claim))
                .findFirst();
    }

    /** Goes on behind a place. False if another process has taken the check over; until this transaction ends none can. */
    boolean advance(CheckJob job, long seq, int images, Duration lease) {
        return database.createNativeQuery("update dataset_check set seq = ?1, done = done + ?2, attempts = 1,"
                                + " claimed_until = now() + make_interval(secs => ?3)"
                                + " where check_id = ?4 and claimed_by = ?5 and status = 'IN_PROGRESS'")
                        .setParameter(1, seq)
                        .setParameter(2, images)
                        .setParameter(3, (double) lease.toSeconds())
                        .setParameter(4, job.checkId())
                        .setParameter(5, job.claim())
                        .executeUpdate()
                == 1;
    }

    /** Does nothing if another process has taken the check over. */
    void end(CheckJob job, Status status, String message) {
        database.createNativeQuery("update dataset_check set status = ?1, status_message = ?2, ended_at = now()"
                        + " where check_id = ?3 and claimed_by = ?4 and status = 'IN_PROGRESS'")
                .setParameter(1, status.name())
                .setParameter(2, message)
                .setParameter(3, job.checkId())
                .setParameter(4, job.claim())
                .executeUpdate();
    }

    /** Gives the check back, to be claimed again after a pause. */
    void release(CheckJob job, Duration pause) {
        database.createNativeQuery("update dataset_check set claimed_by = null,"
                        + " claimed_until = now() + make_interval(secs => ?1) where check_id = ?2 and claimed_by = ?3")
                .setParameter(1, (double) pause.toSeconds())
                .setParameter(2, job.checkId())
                .setParameter(3, job.claim())
                .executeUpdate();
    }

    private static DatasetCheck check(Object[] row) {
        return new DatasetCheck(
                (UUID) row[0],
                Status.valueOf((String) row[1]),
                (String) row[2],
                ((Number) row[3]).intValue(),
                ((Number) row[4]).intValue(),
                (Instant) row[5],
                (Instant) row[6]);
    }

    private static CheckJob job(Object[] row, UUID claim) {
        return new CheckJob(
                (UUID) row[0],
                (UUID) row[1],
                ((Number) row[2]).longValue(),
                ((Number) row[3]).longValue(),
                claim,
                ((Number) row[4]).intValue());
    }
}
