package io.vedette.persistence;

import io.vedette.common.event.RunEvent.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A run as the api knows it from the run's own events.
 *
 * @param phase what it last said it was doing
 * @param phaseStartedAt when it first said so
 * @param done units of {@code phase} finished, 0 to {@code total}
 * @param reason why it ended without a result
 * @param lastHeard milliseconds on the lease clock
 */
public record TrackedRun(
        UUID runId,
        UUID modelId,
        Kind kind,
        int attempt,
        String worker,
        State state,
        Optional<String> phase,
        Optional<Instant> phaseStartedAt,
        long done,
        long total,
        Optional<String> reason,
        Instant startedAt,
        long lastHeard) {

    /** Only {@code RUNNING} and {@code LOST} runs may still bring a result. */
    public enum State {
        RUNNING,
        FINISHED,
        FAILED,
        INTERRUPTED,
        LOST,
        CANCELLED
    }
}
