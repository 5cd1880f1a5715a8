package io.vedette.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vedette.common.ModelArn;
import java.util.Objects;
import java.util.UUID;

/** What workers say of a run, and the clock ticks between; all on one partition, so there is one order. */
public sealed interface RunEvent extends Event {
    /** Why an event that is about no run is none. */
    String NO_RUN = "run is missing";

    /** The run that this is about; null for a tick. */
    default Run run() {
        return null;
    }

    /** What a run works at. */
    enum Kind {
        TRAINING,
        EVALUATION,
        /** The images of a batch detection. */
        BATCH
    }

    /** Whose fault a failed run is. */
    enum Cause {
        /** The caller's: bad images, a bucket denied. Trying again would not help. */
        USER,
        /** Ours: worth another attempt, and not many more. */
        SYSTEM,
        /** The object store's or the network's: worth another attempt as soon as they are back. */
        INFRASTRUCTURE
    }

    /**
     * One attempt at a piece of work, by one worker.
     *
     * @param runId unique to this attempt and worker
     * @param attempt the attempt number of the request that was claimed
     * @param batchId the batch that is worked at; null for a training or an evaluation
     */
    record Run(UUID runId, Kind kind, UUID modelId, ModelArn modelArn, int attempt, UUID batchId) {
        public Run {
            Objects.requireNonNull(runId, "runId is missing");
            Objects.requireNonNull(kind, "kind is missing");
            Objects.requireNonNull(modelId, "modelId is missing");
            Objects.requireNonNull(modelArn, "modelArn is missing");
        }

        public Run(UUID runId, Kind kind, UUID modelId, ModelArn modelArn, int attempt) {
            this(runId, kind, modelId, modelArn, attempt, null);
        }
    }

    /** A worker has claimed the work; {@code worker} names it for people. */
    record RunStarted(Run run, String worker) implements RunEvent {
        public RunStarted {
            Objects.requireNonNull(run, NO_RUN);
        }
    }

    /**
     * The heartbeat, every 10 s or sooner. Within a phase {@code done} never falls.
     *
     * @param phase what is being done, in words for people
     * @param done units finished, 0 to {@code total}
     * @param failed how many of those could not be used; null where the work knows no such thing
     */
    record RunProgressed(Run run, String phase, long done, long total, Long failed) implements RunEvent {
        /** The phase of work that waits because others come first: it comes no further, and does not stand still. */
        public static final String GIVING_WAY = "giving way to callers";

        public RunProgressed {
            Objects.requireNonNull(run, NO_RUN);
        }

        public RunProgressed(Run run, String phase, long done, long total) {
            this(run, phase, done, total, null);
        }
    }

    /** The work is done and its result has been published. */
    record RunFinished(Run run) implements RunEvent {
        public RunFinished {
            Objects.requireNonNull(run, NO_RUN);
        }
    }

    /** The work ended without a result. {@code reason} is safe to show to the caller. */
    record RunFailed(Run run, Cause cause, String reason) implements RunEvent {
        public RunFailed {
            Objects.requireNonNull(run, NO_RUN);
        }
    }

    /**
     * The worker hands the work back unfinished: no fault of the work.
     *
     * @param notClaimed true if the claim itself was refused, so that another worker may hold the work already
     */
    record RunInterrupted(Run run, boolean notClaimed) implements RunEvent {
        public RunInterrupted {
            Objects.requireNonNull(run, NO_RUN);
        }
    }

    /** The lease clock's pulse, from every api replica each 5 s. */
    @JsonInclude
    record Tick(String replica) implements RunEvent {}
}
