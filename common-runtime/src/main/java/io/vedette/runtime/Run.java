package io.vedette.runtime;

import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.Topic;
import io.vedette.common.event.WorkEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One claimed piece of work. While it is open it is heard of every heartbeat, from a thread of its own; closed without
 * an end it is handed back as interrupted.
 *
 * @param <W> the request
 */
public final class Run<W extends WorkEvent> implements Work<W>, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Run.class);
    /** Work that goes on is heard of this often, for whoever watches it; the heartbeat is for work that seems to stand. */
    private static final Duration LIVELY = Duration.ofSeconds(2);

    private final W request;
    private final RunReporter reporter;
    private final CountDownLatch stopped;
    private final Runnable released;
    private final ScheduledExecutorService heart;
    private final long startedAt = System.nanoTime();
    private volatile RunProgressed progress;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean cancelled;
    private volatile long cancelledAt;
    private boolean ended;

    Run(W request, RunReporter reporter, Duration heartbeat, CountDownLatch stopped, Runnable released) {
        this.released = released;
        this.request = request;
        this.reporter = reporter;
        this.stopped = stopped;
        this.progress = new RunProgressed(reporter.run(), "starting", 0, 0);
        this.heart = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        heart.scheduleAtFixedRate(this::beat, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public W request() {
        return request;
    }

    @Override
    public UUID id() {
        return reporter.run().runId();
    }

    /** A new phase is published at once, progress within one every two seconds. */
    @Override
    public void progress(String phase, long done, long total) {
        progress(phase, done, total, null);
    }

    /** As {@link #progress(String, long, long)}. @param failed how many of what is done could not be used, or null */
    public void progress(String phase, long done, long total, Long failed) {
        checkStop();
        RunProgressed before = progress;
        boolean samePhase = before.phase().equals(phase);
        long risen = samePhase ? Math.max(before.done(), done) : done;
        progress = new RunProgressed(reporter.run(), phase, risen, total, failed);
        if (!samePhase) {
            reporter.note(phase);
        }
        if (!samePhase || System.nanoTime() - heardAt > LIVELY.toNanos()) {
            heardAt = System.nanoTime();
            heart.execute(this::beat);
        }
    }

    /** Publishes how far the work is and waits for the acknowledgement: the last word before the end, where it counts. */
    public void tellProgress() {
        checkStop();
        if (!reporter.sayUntilHeard(Topic.RUN_EVENTS, progress, stopped)) {
            throw new RunStopped("the worker is shutting down");
        }
    }

    /** Publishes a result and waits for the acknowledgement, for as long as Kafka takes. */
    public void publish(Topic topic, WorkEvent result) {
        checkStop();
        if (!reporter.sayUntilHeard(topic, result, stopped)) {
            throw new RunStopped("the worker is shutting down");
        }
    }

    /**
     * Asks a server until it answers, more and more seldom, however long that takes.
     *
     * @param away true for a failure that waiting heals
     * @throws RunStopped if the run is to stop meanwhile
     */
    public <T> T untilAnswered(Supplier<T> request, Predicate<RuntimeException> away) {
        Backoff backoff = new Backoff(stopped);
        while (true) {
            checkStop();
            try {
                return request.get();
            } catch (RuntimeException failure) {
                if (!away.test(failure)) {
                    throw failure;
                }
                LOG.warnf("waiting run=%s: %s", id(), failure.getMessage());
                backoff.pause();
            }
        }
    }

    @Override
    public <T> T patiently(Supplier<T> request) {
        return new StorePatience(id(), stopped, this::checkStop).ask(request);
    }

    /** The work is done and its result published. */
    void finish() {
        end("finished", "", new RunEvent.RunFinished(reporter.run()));
    }

    /** @param reason safe to show to the caller */
    void fail(Cause cause, String reason) {
        end("failed", " cause=" + cause + " reason=" + reason, new RunEvent.RunFailed(reporter.run(), cause, reason));
    }

    /** Nobody waits for this run any more: it stops at its next step, and nothing more is said of it. */
    void cancel(String reason) {
        LOG.infof("cancelled run=%s model=%s reason=%s", id(), request.modelId(), reason);
        cancelledAt = System.nanoTime();
        cancelled = true;
    }

    /** How long ago it was told to stop, in seconds; 0 if it was not. */
    long secondsSinceCancelled() {
        return cancelled ? (System.nanoTime() - cancelledAt) / 1_000_000_000L : 0;
    }

    /** Hands the work back, unless it has ended. */
    @Override
    public void close() {
        end("interrupted", "", new RunEvent.RunInterrupted(reporter.run(), false));
    }

    /** Leads back to the call that asked for the work, where it is known (W3C Trace Context). */
    public Optional<String> traceparent() {
        return reporter.traceparent();
    }

    /** Ends without a word: the claim was refused. */
    void drop() {
        reporter.ended("not claimed");
        release();
    }

    private synchronized boolean release() {
        boolean first = !ended;
        ended = true;
        heart.shutdownNow();
        released.run();
        return first;
    }

    private void end(String verb, String detail, RunEvent last) {
        if (!release()) {
            return;
        }
        reporter.ended(cancelled ? "cancelled" : verb);
        if (cancelled) {
            LOG.infof("stopped run=%s model=%s", id(), request.modelId());
            return;
        }
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        LOG.infof(
                "%s run=%s model=%s attempt=%d seconds=%.1f%s",
                verb, id(), request.modelId(), request.attempt(), seconds, detail);
        reporter.sayUntilHeard(Topic.RUN_EVENTS, last, stopped);
    }

    private synchronized void beat() {
        if (ended || cancelled) {
            return;
        }
        try {
            reporter.beat(progress);
        } catch (RuntimeException failure) {
            // A scheduled task that throws is never run again; the next beat may be heard.
            LOG.warnf("missed a heartbeat run=%s: %s", id(), failure.getMessage());
        }
    }

    /** @throws RunStopped if the work is to stop here */
    public void checkStop() {
        if (cancelled) {
            throw new RunStopped("the run was cancelled");
        }
        if (stopped.getCount() == 0) {
            throw new RunStopped("the worker is shutting down");
        }
    }
}
