package io.vedette.api.tracking;

import io.vedette.api.tracking.Life.Known;
import io.vedette.api.tracking.Life.Spent;
import io.vedette.api.tracking.Life.Step;
import io.vedette.api.tracking.LifeOrder.Evaluate;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun.State;
import java.util.Optional;
import java.util.UUID;

/**
 * What can happen to a model in training. Each says what becomes of a life in any state, so that late, doubled and
 * contradictory news are harmless. docs/architecture.md tells the story.
 */
sealed interface LifeEvent {
    /** What the event makes of this life; a function, and nothing else. */
    Step on(Life life);

    /** What happened to a life that was as it was {@code before}, in a sentence for people. */
    String because(Life before);

    /** A worker has claimed the work. */
    record Started(Run run, String worker) implements LifeEvent {
        @Override
        public String because(Life before) {
            return "Run " + run.runId() + " was begun by worker " + worker + ".";
        }

        @Override
        public Step on(Life life) {
            if (!life.wants(run.kind(), run.attempt())) {
                return life.callingOff(run.runId(), "the model does not wait for this attempt");
            }
            return life.run(run.runId()).isPresent()
                    ? life.unchanged()
                    : life.begun(run, worker).unchanged();
        }
    }

    /** A worker is still at it. One that was taken for lost too early goes on, if nobody has taken its place. */
    record Heard(Run run) implements LifeEvent {
        @Override
        public String because(Life before) {
            return "Run " + run.runId() + " was heard.";
        }

        @Override
        public Step on(Life life) {
            boolean open = life.run(run.runId()).filter(Known::isOpen).isPresent();
            if (life.hasDelivered(run.runId()) || open && life.wants(run.kind(), run.attempt())) {
                return life.changed(run.runId(), State.RUNNING, null).unchanged();
            }
            return life.callingOff(run.runId(), "the model does not wait for this run");
        }
    }

    /** A worker has published its result. */
    record Finished(Run run) implements LifeEvent {
        @Override
        public String because(Life before) {
            return "Run " + run.runId() + " has finished.";
        }

        @Override
        public Step on(Life life) {
            return life.changed(run.runId(), State.FINISHED, null).unchanged();
        }
    }

    /** A worker has ended without a result. A user's mistake counts only from the attempt that is wanted. */
    record Failed(Run run, Cause cause, String reason) implements LifeEvent {
        @Override
        public String because(Life before) {
            return "Run " + run.runId() + " has failed: " + reason;
        }

        @Override
        public Step on(Life life) {
            State end = cause == Cause.INFRASTRUCTURE ? State.INTERRUPTED : State.FAILED;
            Life after = life.changed(run.runId(), end, reason);
            return cause == Cause.USER && life.wants(run.kind(), run.attempt())
                    ? after.failed(reason)
                    : after.unchanged();
        }
    }

    /** A worker hands the work back: it goes to the next one at once, unless somebody else has it already. */
    record Interrupted(Run run) implements LifeEvent {
        @Override
        public String because(Life before) {
            return "Run " + run.runId() + " was handed back by its worker.";
        }

        @Override
        public Step on(Life life) {
            Life after = life.changed(run.runId(), State.INTERRUPTED, null);
            boolean present = life.wants(run.kind(), run.attempt()) && life.kind() == run.kind();
            if (!present || after.hasWorker()) {
                return after.unchanged();
            }
            return after.again(after.spent().and(State.INTERRUPTED), Reasons.interrupted(run.kind()));
        }
    }

    /** A worker was not heard for the lease. It may be dead, and its result may come all the same. */
    record Silent(UUID runId) implements LifeEvent {
        @Override
        public String because(Life before) {
            return "Run " + runId + " was not heard for the lease.";
        }

        @Override
        public Step on(Life life) {
            return life.run(runId).filter(it -> it.state() == State.RUNNING).isPresent()
                    ? life.changed(runId, State.LOST, null).unchanged()
                    : life.unchanged();
        }
    }

    /** A worker is heard, and gets nowhere. */
    record Stalled(UUID runId, String reason) implements LifeEvent {
        @Override
        public String because(Life before) {
            return reason;
        }

        @Override
        public Step on(Life life) {
            return life.run(runId)
                    .filter(it -> it.state() == State.RUNNING)
                    .map(it -> life.changed(runId, State.FAILED, reason).ordering(new LifeOrder.CallOff(runId, reason)))
                    .orElseGet(life::unchanged);
        }
    }

    /** A run has taken all the time that there is for one. */
    record Overdue(UUID runId, String reason) implements LifeEvent {
        @Override
        public String because(Life before) {
            return reason;
        }

        @Override
        public Step on(Life life) {
            Optional<Known> run = life.run(runId).filter(it -> it.state() == State.RUNNING);
            if (run.isEmpty()) {
                return life.unchanged();
            }
            boolean wanted = life.wants(run.get().kind(), run.get().attempt());
            return wanted ? life.failed(reason) : life.callingOff(runId, reason);
        }
    }

    /**
     * A training run has announced its artifact.
     *
     * @param attempt of the evaluation that the announcement asks for
     */
    record Trained(Artifact artifact, int attempt) implements LifeEvent {
        @Override
        public String because(Life before) {
            return "Run " + artifact.trainingRunId() + " has trained the model.";
        }

        @Override
        public Step on(Life life) {
            return life.isSettled() ? life.unchanged() : life.trained(artifact, attempt);
        }
    }

    /**
     * Nobody works at the present attempt any more, and the store was asked for what it has left.
     *
     * @param left a complete artifact of one of the model's training runs
     */
    record Abandoned(int attempt, Optional<Artifact> left) implements LifeEvent {
        @Override
        public String because(Life before) {
            return left.filter(it -> before.kind() == Kind.TRAINING)
                    .map(it -> "Run " + it.trainingRunId() + " had trained the model before its worker was lost.")
                    .orElseGet(() -> before.last().ending());
        }

        @Override
        public Step on(Life life) {
            if (!life.isOrphaned() || life.attempt() != attempt) {
                return life.unchanged();
            }
            if (life.kind() == Kind.TRAINING && left.isPresent()) {
                return life.trained(left.get(), 1)
                        .and(evaluating(life.trained(left.get(), 1).life()));
            }
            Known last = life.last();
            Spent spent = life.spent().and(last.state());
            String why = Reasons.givenUp(life.kind(), last, spent);
            // Its announcement may never be read: the topic was made anew, or the record was set aside.
            Life knowing = left.map(life::with).orElse(life);
            return knowing.isWithoutArtifact() ? knowing.anew(spent, why) : knowing.again(spent, why);
        }

        private static Step evaluating(Life adopted) {
            return adopted.ordering(new Evaluate(adopted.artifact().orElseThrow(), 1));
        }
    }

    /** The request of the present attempt was taken from its topic, or is gone with it, and nobody has begun. */
    record Undelivered(Phase phase, int attempt) implements LifeEvent {
        @Override
        public String because(Life before) {
            return "The request was taken from its topic or went with it, and nobody has begun.";
        }

        @Override
        public Step on(Life life) {
            boolean present = life.phase().filter(phase::equals).isPresent() && life.attempt() == attempt;
            return present && life.isQueued()
                    ? life.again(life.spent().and(State.INTERRUPTED), Reasons.undelivered(life.kind()))
                    : life.unchanged();
        }
    }

    /** The owner wants no training any more. */
    record Stopped(String reason) implements LifeEvent {
        @Override
        public String because(Life before) {
            return reason;
        }

        @Override
        public Step on(Life life) {
            return life.isSettled() ? life.unchanged() : life.failed(reason);
        }
    }

    /** What the caller is told when no attempt is left. */
    final class Reasons {
        private Reasons() {}

        static String givenUp(Kind kind, Known last, Spent spent) {
            String why = last.reason()
                    .map(reason -> "The last one failed: " + reason)
                    .orElse("The last one's worker (" + last.worker() + ") stopped without an answer; it may have run"
                            + " out of memory.");
            return "The model's " + work(kind) + " was given up after " + (spent.lost() + spent.excused())
                    + " attempts. " + why + " See the worker's log, then create the model again.";
        }

        static String interrupted(Kind kind) {
            return "The model's " + work(kind) + " was interrupted " + Spent.MOST_EXCUSED
                    + " times. See the workers' logs for why they stop, then create the model again.";
        }

        static String undelivered(Kind kind) {
            return "The request for the model's " + work(kind) + " was lost " + Spent.MOST_EXCUSED
                    + " times. See that the topics are kept by the broker, then create the model again.";
        }

        private static String work(Kind kind) {
            return kind == Kind.TRAINING ? "training" : "evaluation";
        }
    }
}
