package io.vedette.api.batch;

import io.quarkus.logging.Log;
import io.vedette.api.tracking.BatchRuns;
import io.vedette.api.tracking.Request;
import io.vedette.api.tracking.RunEnded;
import io.vedette.common.BatchStatus;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunFinished;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.common.event.Topic;
import io.vedette.persistence.TrackedRun.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What runs say of batches, in the transaction of the record that says it. */
@ApplicationScoped
class BatchTracker implements BatchRuns {
    private final Batches batches;
    private final BatchProgress progress;
    private final BatchNews news;
    private final Event<RunEnded> ends;

    BatchTracker(Batches batches, BatchProgress progress, BatchNews news, Event<RunEnded> ends) {
        this.batches = batches;
        this.progress = progress;
        this.news = news;
        this.ends = ends;
    }

    @Override
    public void apply(RunEvent event, Instant at, long elapsed) {
        Run run = event.run();
        Optional<Batch> wanted = batches.findAndLock(run.batchId())
                .filter(batch -> !batch.status().isSettled() && batch.attempt() == run.attempt());
        if (event instanceof RunStarted started) {
            wanted.ifPresentOrElse(batch -> progress.begin(batch, started, at, elapsed), () -> callOff(run));
            return;
        }
        Optional<Batch> held =
                wanted.filter(batch -> batch.runId().filter(run.runId()::equals).isPresent());
        if (event instanceof RunProgressed progressed) {
            held.ifPresentOrElse(batch -> batches.heard(batch, progressed, elapsed), () -> callOff(run));
        } else {
            held.ifPresent(batch -> ended(batch, event, at));
        }
    }

    @Override
    public void expire(long deadline) {
        held(batches.silent(deadline)).forEach(batch -> {
            Log.warnf("lost batch=%s worker=%s", batch.batchId(), worker(batch));
            lost(
                    batch,
                    "The last one's worker (" + worker(batch)
                            + ") stopped without an answer; it may have run out of memory.");
        });
    }

    @Override
    public void stall(long deadline, String patience) {
        held(batches.standing(deadline)).forEach(batch -> {
            String reason = "The last one's worker (" + worker(batch) + ") made no progress for " + patience + ".";
            Log.warnf("stalled batch=%s worker=%s", batch.batchId(), worker(batch));
            news.callOff(batch.runId().orElseThrow(), batch.modelId(), reason);
            lost(batch, reason);
        });
    }

    @Override
    public List<Request> waiting() {
        return batches.waiting();
    }

    @Override
    public void again(Request lost) {
        batches.findAndLock(lost.of())
                .filter(batch ->
                        !batch.status().isSettled() && batch.runId().isEmpty() && batch.attempt() == lost.attempt())
                .ifPresent(batch -> {
                    Log.warnf(
                            "undelivered batch=%s attempt=%d partition=%d offset=%d",
                            batch.batchId(), lost.attempt(), lost.partition(), lost.offset());
                    progress.excused(
                            batch,
                            "The request for it was lost; see that the broker keeps the topic "
                                    + Topic.BATCH_REQUESTED.suffix() + ".");
                });
    }

    /** Those that a run still works at; one may have been stopped meanwhile. */
    private Stream<Batch> held(List<UUID> batchIds) {
        return batchIds.stream()
                .flatMap(id -> batches.findAndLock(id).stream())
                .filter(batch -> !batch.status().isSettled() && batch.runId().isPresent());
    }

    private void lost(Batch batch, String reason) {
        ends.fire(new RunEnded(batch.runId().orElseThrow(), Kind.BATCH, State.LOST, Instant.now()));
        progress.lost(batch, reason);
    }

    private static String worker(Batch batch) {
        return batch.worker().orElse("unknown");
    }

    private void ended(Batch batch, RunEvent event, Instant at) {
        State state = event instanceof RunFinished
                ? State.FINISHED
                : event instanceof RunFailed ? State.FAILED : State.INTERRUPTED;
        ends.fire(new RunEnded(event.run().runId(), Kind.BATCH, state, at));
        if (event instanceof RunFinished) {
            progress.end(batch, BatchStatus.COMPLETE, null);
        } else if (event instanceof RunFailed failed && failed.cause() == Cause.USER) {
            progress.end(batch, BatchStatus.FAILED, failed.reason());
        } else if (event instanceof RunFailed failed && failed.cause() == Cause.INFRASTRUCTURE) {
            progress.excused(batch, "The last one failed: " + failed.reason());
        } else if (event instanceof RunFailed failed) {
            progress.lost(batch, "The last one failed: " + failed.reason());
        } else if (event instanceof RunInterrupted) {
            progress.excused(batch, "The last one was interrupted.");
        }
    }

    private void callOff(Run run) {
        news.callOff(run.runId(), run.modelId(), "the batch does not wait for this run");
    }
}
