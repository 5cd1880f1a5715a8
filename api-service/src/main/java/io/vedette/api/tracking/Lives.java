package io.vedette.api.tracking;

import io.vedette.api.tracking.Life.Known;
import io.vedette.api.tracking.Life.Spent;
import io.vedette.api.tracking.Life.Step;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent.ModelStatusChanged;
import io.vedette.common.event.RunCancelled;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.Topic;
import io.vedette.persistence.History;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import io.vedette.persistence.Models.Position;
import io.vedette.persistence.Outbox;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The lives of all models, as they are stored: what happens to one is written, and its orders given, in one transaction. */
@ApplicationScoped
class Lives {
    /** A model that is gone wants nothing. */
    private static final Life GONE =
            new Life(Optional.empty(), 0, Spent.NOTHING, Optional.empty(), Optional.empty(), List.of());

    private final Models models;
    private final Runs runs;
    private final History history;
    private final Dispatch dispatch;
    private final Outbox outbox;
    private final Event<RunEnded> ended;

    Lives(Models models, Runs runs, History history, Dispatch dispatch, Outbox outbox, Event<RunEnded> ended) {
        this.models = models;
        this.runs = runs;
        this.history = history;
        this.dispatch = dispatch;
        this.outbox = outbox;
        this.ended = ended;
    }

    /**
     * When something happened.
     *
     * @param at on the broker's clock
     * @param lease on the lease clock, in milliseconds
     */
    record Moment(Instant at, long lease) {}

    /** Joins the caller's transaction, and holds the model's row until its end. */
    Step happen(UUID modelId, LifeEvent event, Moment now) {
        Optional<Model> model = models.findAndLock(modelId);
        Life before = model.map(it -> Life.of(it, runs.ofModel(modelId))).orElse(GONE);
        Step step = event.on(before);
        model.ifPresent(it -> {
            storeRuns(it, before, step.life(), now);
            storeModel(it, before, step.life(), event);
        });
        step.orders().forEach(order -> give(order, modelId, model));
        return step;
    }

    private void storeRuns(Model model, Life before, Life after, Moment now) {
        for (Known run : after.runs()) {
            Optional<Known> earlier = before.run(run.runId());
            if (earlier.isEmpty()) {
                Run begun = new Run(run.runId(), run.kind(), model.modelId(), model.arn(), run.attempt());
                runs.start(begun, run.worker(), now.at(), now.lease());
            } else if (earlier.get().state() != run.state() && run.state() != State.RUNNING) {
                runs.end(run.runId(), run.state(), run.reason().orElse(null), now.at());
                ended.fire(new RunEnded(run.runId(), run.kind(), run.state(), now.at()));
            }
        }
    }

    private void storeModel(Model model, Life before, Life after, LifeEvent event) {
        after.artifact()
                .filter(it -> before.artifact().isEmpty())
                .ifPresent(it -> models.claimArtifact(model.modelId(), it));
        boolean moved = !after.phase().equals(before.phase())
                || after.attempt() != before.attempt()
                || !after.spent().equals(before.spent());
        if (moved && !after.isSettled()) {
            Spent spent = after.spent();
            Position to = new Position(after.phase().orElseThrow(), after.attempt(), spent.lost(), spent.excused());
            models.advance(model, to);
            history.add(model.modelId(), to.phase(), to.attempt(), event.because(before));
        }
    }

    private void give(LifeOrder order, UUID modelId, Optional<Model> model) {
        if (order instanceof LifeOrder.Train train) {
            dispatch.train(model.orElseThrow(), train.attempt());
        } else if (order instanceof LifeOrder.Evaluate evaluate) {
            dispatch.evaluate(model.orElseThrow(), evaluate.artifact(), evaluate.attempt());
        } else if (order instanceof LifeOrder.CallOff callOff) {
            RunCancelled cancelled = new RunCancelled(callOff.runId(), modelId, callOff.reason());
            outbox.add(Topic.RUN_CONTROL, callOff.runId().toString(), cancelled);
        } else if (order instanceof LifeOrder.Fail fail) {
            fail(model.orElseThrow(), fail.reason());
        }
    }

    /** TRAINING to TRAINING_FAILED, and the world is told. */
    private void fail(Model model, String reason) {
        if (models.markFailed(model.modelId(), reason)) {
            history.add(model.modelId(), ModelStatus.TRAINING_FAILED, reason);
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
        }
    }
}
