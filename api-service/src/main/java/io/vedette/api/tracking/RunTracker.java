package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.api.tracking.Life.Known;
import io.vedette.api.tracking.Lives.Moment;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunFinished;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.common.event.RunEvent.Tick;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun;
import io.vedette.persistence.TrackedRun.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Applies run events, each in one transaction with the offset it came from: a second delivery does nothing. */
@ApplicationScoped
class RunTracker {
    private final LeaseClocks clocks;
    private final Lives lives;
    private final Runs runs;
    private final BatchRuns batches;
    private final TrackingSettings settings;
    private final Event<RunHeard> heard;

    RunTracker(
            LeaseClocks clocks,
            Lives lives,
            Runs runs,
            BatchRuns batches,
            TrackingSettings settings,
            Event<RunHeard> heard) {
        this.clocks = clocks;
        this.lives = lives;
        this.runs = runs;
        this.batches = batches;
        this.settings = settings;
        this.heard = heard;
    }

    /** @param at when the broker received the event */
    @Transactional
    void apply(long offset, Instant at, RunEvent event) {
        LeaseClock clock = clocks.read();
        if (clock.hasApplied(offset, at)) {
            return;
        }
        if (offset < clock.nextOffset()) {
            Log.warnf("the topic of run events was made anew: offset=%d after %d", offset, clock.nextOffset() - 1);
        }
        LeaseClock now = event instanceof Tick ? clock.ticked(at, settings.tick()) : clock;
        clocks.write(now.applied(offset, at));
        Moment moment = new Moment(at, now.elapsed());
        if (event instanceof Tick) {
            expire(now, moment);
            batches.expire(now.deadline(settings.lease()));
            batches.stall(now.deadline(settings.stall()), SpokenTime.of(settings.stall()));
            return;
        }
        heard.fire(new RunHeard(event, at));
        if (event.run().kind() == Kind.BATCH) {
            batches.apply(event, at, now.elapsed());
        } else if (event instanceof RunStarted started) {
            started(started, moment);
        } else if (event instanceof RunProgressed progressed) {
            progressed(progressed, moment);
        } else if (event instanceof RunFinished finished) {
            happen(finished.run(), new LifeEvent.Finished(finished.run()), moment);
        } else if (event instanceof RunFailed failed) {
            failed(failed, moment);
        } else if (event instanceof RunInterrupted interrupted) {
            happen(interrupted.run(), new LifeEvent.Interrupted(interrupted.run()), moment);
        }
    }

    /** What the passing of lease time alone brings about. */
    private void expire(LeaseClock clock, Moment now) {
        for (TrackedRun run : runs.silentSince(clock.deadline(settings.lease()))) {
            Log.warnf("lost run=%s worker=%s lease=%s", run.runId(), run.worker(), settings.lease());
            lives.happen(run.modelId(), new LifeEvent.Silent(run.runId()), now);
        }
        for (TrackedRun run : runs.stalledSince(clock.deadline(settings.stall()))) {
            String reason =
                    "The worker (" + run.worker() + ") made no progress for " + SpokenTime.of(settings.stall()) + ".";
            Log.warnf("stalled run=%s worker=%s", run.runId(), run.worker());
            lives.happen(run.modelId(), new LifeEvent.Stalled(run.runId(), reason), now);
        }
        for (TrackedRun run : runs.begunBefore(clock.deadline(settings.longestRun()))) {
            String reason = "The work was ended because it took longer than " + SpokenTime.of(settings.longestRun())
                    + ". Use fewer or smaller images, or a faster machine.";
            Log.warnf("overdue run=%s worker=%s", run.runId(), run.worker());
            lives.happen(run.modelId(), new LifeEvent.Overdue(run.runId(), reason), now);
        }
    }

    private void started(RunStarted event, Moment now) {
        Run run = event.run();
        Life after = happen(run, new LifeEvent.Started(run, event.worker()), now);
        if (after.run(run.runId()).filter(Known::isOpen).isPresent()) {
            Log.infof(
                    "started run=%s model=%s attempt=%d worker=%s",
                    run.runId(), run.modelArn(), run.attempt(), event.worker());
        }
    }

    private void progressed(RunProgressed event, Moment now) {
        Run run = event.run();
        Life after = happen(run, new LifeEvent.Heard(run), now);
        if (after.run(run.runId()).filter(it -> it.state() == State.RUNNING).isPresent()) {
            runs.heard(run.runId(), event.phase(), event.done(), event.total(), now.lease());
        }
    }

    private void failed(RunFailed event, Moment now) {
        Run run = event.run();
        Log.warnf(
                "failed run=%s model=%s attempt=%d cause=%s reason=%s",
                run.runId(), run.modelArn(), run.attempt(), event.cause(), event.reason());
        happen(run, new LifeEvent.Failed(run, event.cause(), event.reason()), now);
    }

    private Life happen(Run run, LifeEvent event, Moment now) {
        return lives.happen(run.modelId(), event, now).life();
    }
}
