package io.vedette.persistence;

import io.vedette.common.event.RunEvent.Kind;
import io.vedette.persistence.TrackedRun.State;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A row of {@code run}; it leaves this package only as a {@link TrackedRun}. */
@Entity(name = "Run")
@Table(name = "run")
class RunEntity {
    @Id
    @Column(name = "run_id")
    UUID runId;

    @Column(name = "model_id")
    UUID modelId;

    @Enumerated(EnumType.STRING)
    Kind kind;

    int attempt;
    String worker;

    @Enumerated(EnumType.STRING)
    State state;

    String phase;

    @Column(name = "phase_started_at")
    Instant phaseStartedAt;

    long done;
    long total;
    String reason;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    /** For whoever examines how work was lost; nothing here reads it. */
    @Column(name = "lost_at")
    Instant lostAt;

    @Column(name = "last_heard")
    long lastHeard;

    @Column(name = "started_lease")
    long startedLease;

    @Column(name = "progressed_lease")
    long progressedLease;

    TrackedRun state() {
        return new TrackedRun(
                runId,
                modelId,
                kind,
                attempt,
                worker,
                state,
                Optional.ofNullable(phase),
                Optional.ofNullable(phaseStartedAt),
                done,
                total,
                Optional.ofNullable(reason),
                startedAt,
                lastHeard);
    }
}
