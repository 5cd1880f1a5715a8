package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunFinished;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.common.event.RunEvent.Tick;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun;
import io.vedette.persistence.TrackedRun.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Applies run events, each in one transaction with the offset it came from: a second delivery does nothing. */
@ApplicationScoped
class RunTracker {
    private final LeaseClocks clocks;
    private final Models models;
    private final Runs runs;
    private final ModelProgress progress;
    private final BatchRuns batches;
    private final TrackingSettings settings;

    RunTracker(
            LeaseClocks clocks,
            Models models,
            Runs runs,
            ModelProgress progress,
            BatchRuns batches,
            TrackingSettings settings) {
        this.clocks = clocks;
        this.models = models;
        this.runs = runs;
        this.progress = progress;
        this.batches = batches;
        this.settings = settings;
    }

    /** @param at when the broker received the event */
    @Transactional
    void apply(long offset, Instant at, RunEvent event) {
        LeaseClock clock = clocks.read();
        if (clock.hasApplied(offset)) {
            return;
        }
        LeaseClock now = event instanceof Tick ? clock.ticked(at) : clock;
        clocks.write(now.applied(offset));
        if (event instanceof Tick) {
            expire(now, at);
            batches.expire(now.deadline(settings.lease()));
        } else if (event.run().kind() == Kind.BATCH) {
            batches.apply(event, at, now.elapsed());
        } else if (event instanceof RunStarted started) {
            started(started, at, now);
        } else if (event instanceof RunProgressed progressed) {
            progressed(progressed, now);
        } else if (event instanceof RunFinished finished) {
            runs.end(finished.run().runId(), State.FINISHED, null, at);
        } else if (event instanceof RunFailed failed) {
            failed(failed, at);
        } else if (event instanceof RunInterrupted interrupted) {
            interrupted(interrupted, at);
        }
    }

    private void expire(LeaseClock now, Instant at) {
        int lost = runs.markSilentLost(now.deadline(settings.lease()), at);
        if (lost > 0) {
            Log.warnf("lost runs=%d lease=%s", lost, settings.lease());
        }
    }

    private void started(RunStarted event, Instant at, LeaseClock now) {
        Run run = event.run();
        Optional<Model> model = models.findAndLock(run.modelId());
        if (model.filter(it -> RunRules.wants(it, run)).isEmpty()) {
            callOff(run, "the model does not wait for this attempt");
        } else if (runs.start(run, event.worker(), at, now.elapsed())) {
            progress.begin(model.get(), run.kind(), run.attempt());
            Log.infof(
                    "started run=%s model=%s attempt=%d worker=%s",
                    run.runId(), run.modelArn(), run.attempt(), event.worker());
        }
    }

    private void progressed(RunProgressed event, LeaseClock now) {
        Run run = event.run();
        Optional<Model> model = models.find(run.modelId());
        if (model.filter(it -> RunRules.hasDelivered(it, run.runId())).isPresent()) {
            runs.heard(run.runId(), event.phase(), event.done(), event.total(), now.elapsed());
        } else if (model.filter(it -> RunRules.wants(it, run)).isEmpty()
                || !runs.heard(run.runId(), event.phase(), event.done(), event.total(), now.elapsed())) {
            callOff(run, "the model does not wait for this run");
        }
    }

    private void failed(RunFailed event, Instant at) {
        Run run = event.run();
        Optional<Model> model = models.findAndLock(run.modelId());
        runs.end(run.runId(), State.FAILED, event.reason(), at);
        Log.warnf(
                "failed run=%s model=%s attempt=%d cause=%s reason=%s",
                run.runId(), run.modelArn(), run.attempt(), event.cause(), event.reason());
        if (event.cause() == Cause.USER) {
            model.filter(it -> RunRules.wants(it, run)).ifPresent(it -> progress.fail(it, event.reason()));
        }
    }

    private void interrupted(RunInterrupted event, Instant at) {
        Run run = event.run();
        Optional<Model> model = models.findAndLock(run.modelId());
        runs.end(run.runId(), State.INTERRUPTED, null, at);
        model.filter(it -> RunRules.wants(it, run) && RunRules.kindOf(it) == run.kind())
                .filter(it -> runs.running(it.modelId()).stream().noneMatch(other -> other.kind() == run.kind()))
                .ifPresent(it -> progress.again(it, it.lostAttempts()));
    }

    private void callOff(Run run, String reason) {
        Optional<TrackedRun> known = runs.find(run.runId());
        if (known.filter(it -> it.state() == State.FINISHED).isEmpty()) {
            runs.end(run.runId(), State.CANCELLED, reason, Instant.now());
            progress.callOff(run.runId(), run.modelId(), reason);
        }
    }
}
