package io.vedette.api.tracking;

import io.vedette.common.ModelStatus;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.persistence.Model;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun;
import java.util.UUID;

/** What run events mean for a model: functions of its state, nothing else. */
final class RunRules {
    /** So many attempts may be lost, or fail by a fault of ours, before a model is given up. */
    static final int ATTEMPTS = 3;

    private RunRules() {}

    /** Whether anybody still waits for this run's result. */
    static boolean wants(Model model, Run run) {
        if (model.status() != ModelStatus.TRAINING) {
            return false;
        }
        if (kindOf(model) == run.kind()) {
            return run.attempt() == model.attempt();
        }
        // An evaluation may begin before the api has read that the training is over: the topics have no common order.
        return run.kind() == Kind.EVALUATION;
    }

    /** Whether this run has brought what the model lives on, so that nothing remains to be called off. */
    static boolean hasDelivered(Model model, UUID runId) {
        return model.artifact().filter(it -> it.trainingRunId().equals(runId)).isPresent()
                || model.evaluation()
                        .filter(it -> it.winnerRunId().equals(runId))
                        .isPresent();
    }

    /** What a model in TRAINING needs next. */
    static Kind kindOf(Model model) {
        return switch (model.phase().orElseThrow()) {
            case QUEUED, TRAINING -> Kind.TRAINING;
            case EVALUATION_QUEUED, EVALUATING -> Kind.EVALUATION;
        };
    }

    static Phase workingPhase(Kind kind) {
        return kind == Kind.TRAINING ? Phase.TRAINING : Phase.EVALUATING;
    }

    static Phase queuedPhase(Kind kind) {
        return kind == Kind.TRAINING ? Phase.QUEUED : Phase.EVALUATION_QUEUED;
    }

    /** Attempts used up once the model's present attempt has ended with {@code last}: an interruption costs none. */
    static int spent(Model model, TrackedRun last) {
        return model.lostAttempts() + (last.state() == TrackedRun.State.INTERRUPTED ? 0 : 1);
    }

    /** What the caller is told when the attempts are used up. */
    static String givenUp(Kind kind, TrackedRun last) {
        String work = kind == Kind.TRAINING ? "training" : "evaluation";
        String why = last.reason()
                .map(reason -> "The last one failed: " + reason)
                .orElse("The last one's worker (" + last.worker() + ") stopped without an answer; it may have run out"
                        + " of memory.");
        return "The model's " + work + " was given up after " + ATTEMPTS + " attempts. " + why
                + " See the worker's log, then create the model again.";
    }
}
