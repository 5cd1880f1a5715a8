package io.vedette.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.persistence.TrackedRun.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The runs: one row per attempt and worker, kept up by the run's own events. */
@ApplicationScoped
public class Runs implements PanacheRepositoryBase<RunEntity, UUID> {

    public Optional<TrackedRun> find(UUID runId) {
        return findByIdOptional(runId).map(this::read);
    }

    /** Stores the run as RUNNING; false if it was there already. */
    public boolean start(Run run, String worker, Instant at, long heard) {
        if (find(run.runId()).isPresent()) {
            return false;
        }
        RunEntity row = new RunEntity();
        row.runId = run.runId();
        row.modelId = run.modelId();
        row.kind = run.kind();
        row.attempt = run.attempt();
        row.worker = worker;
        row.state = State.RUNNING;
        row.startedAt = at;
        row.lastHeard = heard;
        row.startedLease = heard;
        row.progressedLease = heard;
        persistAndFlush(row);
        getEntityManager().detach(row);
        return true;
    }

    /** Notes a heartbeat of a run that is RUNNING, or was taken for LOST too early. */
    public boolean heard(UUID runId, String phase, long done, long total, long heard) {
        return update(
                        "state = ?1, phaseStartedAt = case when phase = ?2 then phaseStartedAt else ?9 end,"
                                + " progressedLease = case when phase = ?2 and done >= ?3 then progressedLease else ?5 end,"
                                + " phase = ?2, done = ?3, total = ?4, lastHeard = ?5, endedAt = null"
                                + " where runId = ?6 and state in (?7, ?8)",
                        State.RUNNING,
                        phase,
                        done,
                        total,
                        heard,
                        runId,
                        State.RUNNING,
                        State.LOST,
                        Instant.now())
                == 1;
    }

    /** RUNNING or LOST to an end. When it was lost stays known, whatever becomes of it then. */
    public boolean end(UUID runId, State state, String reason, Instant at) {
        String loss = state == State.LOST ? ", lostAt = ?3" : "";
        return update(
                        "state = ?1, reason = ?2, endedAt = ?3" + loss + " where runId = ?4 and state in (?5, ?6)",
                        state,
                        reason,
                        at,
                        runId,
                        State.RUNNING,
                        State.LOST)
                == 1;
    }

    /** The RUNNING runs that were last heard before {@code heard}. */
    public List<TrackedRun> silentSince(long heard) {
        return states("state = ?1 and lastHeard < ?2", State.RUNNING, heard);
    }

    /** The RUNNING runs whose work last went on before {@code progressed}. */
    public List<TrackedRun> stalledSince(long progressed) {
        return states("state = ?1 and progressedLease < ?2", State.RUNNING, progressed);
    }

    /** The RUNNING runs that began before {@code started}. */
    public List<TrackedRun> begunBefore(long started) {
        return states("state = ?1 and startedLease < ?2", State.RUNNING, started);
    }

    public List<TrackedRun> running(UUID modelId) {
        return states("modelId = ?1 and state = ?2 order by startedAt", modelId, State.RUNNING);
    }

    /** The runs of a model, in the order in which they began. */
    public List<TrackedRun> ofModel(UUID modelId) {
        return states("modelId = ?1 order by startedAt, startedLease", modelId);
    }

    /**
     * The models in TRAINING whose present attempt has a run that ended without a result, while no other
     * run of that attempt lives. A run that ended well is one of them only if nothing came of it for so long.
     *
     * @param finishedBefore on the lease clock
     */
    public List<UUID> orphanedModels(long finishedBefore) {
        return getEntityManager()
                .createQuery("""
                        select m.modelId from Model m where m.status = TRAINING
                          and exists (select 1 from Run r where r.modelId = m.modelId and r.attempt = m.attempt
                                      and (r.state in (LOST, FAILED, INTERRUPTED)
                                        or r.state = FINISHED and r.lastHeard < ?1)
                                      and ((m.phase = TRAINING and r.kind = TRAINING)
                                        or (m.phase = EVALUATING and r.kind = EVALUATION)))
                          and not exists (select 1 from Run r where r.modelId = m.modelId and r.attempt = m.attempt
                                      and r.state = RUNNING
                                      and ((m.phase = TRAINING and r.kind = TRAINING)
                                        or (m.phase = EVALUATING and r.kind = EVALUATION)))
                        order by m.createdAt
                        """, UUID.class)
                .setParameter(1, finishedBefore)
                .getResultList();
    }

    private List<TrackedRun> states(String query, Object... parameters) {
        return find(query, parameters).stream().map(this::read).toList();
    }

    // INVARIANT: as with models, no row stays in Hibernate's first-level cache, which bulk updates pass by.
    private TrackedRun read(RunEntity row) {
        getEntityManager().detach(row);
        return row.state();
    }
}
