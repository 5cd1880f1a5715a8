package io.vedette.api.tracking;

import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent.ModelStatusChanged;
import io.vedette.common.event.RunCancelled;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.Topic;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Models;
import io.vedette.persistence.Outbox;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** The steps a model in TRAINING can take besides the last, each with its event in the caller's transaction. */
@ApplicationScoped
class ModelProgress {
    private final Models models;
    private final Runs runs;
    private final Outbox outbox;
    private final Dispatch dispatch;

    ModelProgress(Models models, Runs runs, Outbox outbox, Dispatch dispatch) {
        this.models = models;
        this.runs = runs;
        this.outbox = outbox;
        this.dispatch = dispatch;
    }

    /** A run has begun the work of {@code kind}. */
    void begin(Model model, Kind kind, int attempt) {
        int lost = RunRules.kindOf(model) == kind ? model.lostAttempts() : 0;
        models.advance(model, RunRules.workingPhase(kind), attempt, lost);
    }

    /** There is an artifact: the model waits for an evaluator, and whoever else trains it may stop. */
    void trained(Model model, Artifact artifact, int attempt) {
        models.claimArtifact(model.modelId(), artifact);
        if (RunRules.kindOf(model) == Kind.TRAINING
                && models.advance(model, RunRules.queuedPhase(Kind.EVALUATION), attempt, 0)) {
            runs.running(model.modelId()).stream()
                    .filter(run -> run.kind() == Kind.TRAINING && !run.runId().equals(artifact.trainingRunId()))
                    .forEach(run -> callOff(run, "another attempt has trained the model"));
        }
    }

    /** Takes over an artifact whose training run ended before it could announce it. */
    void adopt(Model model, Artifact artifact) {
        trained(model, artifact, 1);
        dispatch.evaluate(model, artifact, 1);
    }

    /** Hands the present work out again. An evaluation whose artifact is not known here yet has to wait for that. */
    boolean again(Model model, int lostAttempts) {
        Kind kind = RunRules.kindOf(model);
        int attempt = model.attempt() + 1;
        if (kind == Kind.EVALUATION && model.artifact().isEmpty()
                || !models.advance(model, RunRules.queuedPhase(kind), attempt, lostAttempts)) {
            return false;
        }
        if (kind == Kind.TRAINING) {
            dispatch.train(model, attempt);
        } else {
            dispatch.evaluate(model, model.artifact().orElseThrow(), attempt);
        }
        return true;
    }

    /** TRAINING to TRAINING_FAILED; whoever still works at the model may stop. */
    void fail(Model model, String reason) {
        if (models.markFailed(model.modelId(), reason)) {
            outbox.add(
                    Topic.LIFECYCLE,
                    model.arn().toString(),
                    new ModelStatusChanged(
                            model.modelId(),
                            model.arn(),
                            ModelStatus.TRAINING,
                            ModelStatus.TRAINING_FAILED,
                            reason,
                            null));
            runs.running(model.modelId()).forEach(run -> callOff(run, "the model's training has failed"));
        }
    }

    private void callOff(TrackedRun run, String reason) {
        runs.end(run.runId(), TrackedRun.State.CANCELLED, reason, Instant.now());
        callOff(run.runId(), run.modelId(), reason);
    }

    /** Tells the worker that holds this run to stop. */
    void callOff(UUID runId, UUID modelId, String reason) {
        outbox.add(Topic.RUN_CONTROL, runId.toString(), new RunCancelled(runId, modelId, reason));
    }
}
