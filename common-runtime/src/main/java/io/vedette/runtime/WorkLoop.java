package io.vedette.runtime;

import io.micrometer.core.instrument.Metrics;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.WorkEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The one thread of a worker: claims, works, says how it ended, and again.
 *
 * @param <W> the request
 */
public final class WorkLoop<W extends WorkEvent> {
    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    /** An idle queue moves every second; one that did not for this long hangs. */
    private static final long HANGS_AFTER_SECONDS = 300;

    /** What is missing at the start is mostly another service that starts at the same time. */
    private static final Duration PREPARES_EVERY = Duration.ofSeconds(2);

    private final Duties<W> duties;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "work");
    private volatile WorkQueue<W> queue;

    public WorkLoop(Duties<W> duties) {
        this.duties = duties;
        thread.setDaemon(true);
    }

    /** What a kind of worker brings. */
    public interface Duties<W extends WorkEvent> {
        /** Throws if something that the work needs is not there yet; it is called again until it returns. */
        void prepare();

        WorkQueue<W> open();

        /** Works and publishes the result. What it throws becomes the run's failure; {@link UsersMistake} the user's. */
        void perform(Run<W> run) throws Exception;

        /** True if one piece of work is all, after which {@link #left()} is called. */
        boolean once();

        /** How long the one piece of work is waited for; for ever where empty. */
        default Optional<Duration> patience() {
            return Optional.empty();
        }

        /** The one piece of work is done, or there was none. */
        void left();
    }

    public void start() {
        Metrics.gauge("vedette.worker.ready", this, loop -> loop.isReady() ? 1 : 0);
        Metrics.gauge("vedette.worker.busy", this, loop -> loop.isBusy() ? 1 : 0);
        thread.start();
    }

    /** Stops at the next step, and waits for it at most this long. */
    public void stop(Duration grace) {
        stopped.countDown();
        WorkQueue<W> present = queue;
        if (present != null) {
            present.stop();
        }
        try {
            thread.join(grace.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("stopped in the middle of a step: the run's lease will tell");
        }
    }

    /** False if the worker has to be started anew. */
    public boolean isAlive() {
        WorkQueue<W> present = queue;
        return thread.isAlive() && (present == null || present.secondsSinceLastTurn() < HANGS_AFTER_SECONDS);
    }

    /**
     * True while work is waited for or done. Where one piece of work is all, only from its commit on: until then whoever
     * starts a worker for each piece that waits must count this one as still to come (KEDA's pendingPodConditions).
     */
    public boolean isReady() {
        WorkQueue<W> present = queue;
        return thread.isAlive() && present != null && (duties.once() ? present.hasClaimed() : present.isReady());
    }

    private boolean isBusy() {
        WorkQueue<W> present = queue;
        return present != null && present.isBusy();
    }

    private void run() {
        if (!prepared()) {
            return;
        }
        try (WorkQueue<W> opened = duties.open()) {
            queue = opened;
            if (stopped.getCount() == 0) {
                return;
            }
            if (duties.once()) {
                once(opened);
            } else {
                while (true) {
                    work(opened.claim());
                }
            }
        } catch (RunStopped closed) {
            LOG.debug("the queue is closed");
            return;
        }
        duties.left();
    }

    private boolean prepared() {
        Backoff backoff = new Backoff(stopped, PREPARES_EVERY);
        Complaint complaint = new Complaint();
        while (true) {
            try {
                duties.prepare();
                return true;
            } catch (RuntimeException missing) {
                if (complaint.isDue(missing.getMessage())) {
                    LOG.warnf("waiting to begin: %s", missing.getMessage());
                }
                if (!backoff.pause()) {
                    return false;
                }
            }
        }
    }

    private void once(WorkQueue<W> opened) {
        Optional<Run<W>> claimed = duties.patience().map(opened::claim).orElseGet(() -> Optional.of(opened.claim()));
        claimed.ifPresentOrElse(this::work, () -> LOG.info("leaving: there was no work"));
    }

    private void work(Run<W> claimed) {
        try (Run<W> run = claimed) {
            MDC.put("run", run.id());
            MDC.put("model", run.request().modelArn());
            run.traceparent().ifPresent(parent -> MDC.put("traceparent", parent));
            perform(run);
        } finally {
            MDC.remove("run");
            MDC.remove("model");
            MDC.remove("traceparent");
        }
    }

    private void perform(Run<W> run) {
        try {
            duties.perform(run);
            run.finish();
        } catch (RunStopped stop) {
            LOG.debugf("left run=%s: %s", run.id(), stop.getMessage());
        } catch (UsersMistake mistake) {
            run.fail(Cause.USER, mistake.getMessage());
        } catch (WorkFailure failure) {
            LOG.error("failed run=" + run.id() + ": " + failure.getMessage());
            run.fail(Cause.SYSTEM, failure.getMessage());
        } catch (ObjectStoreException.Unavailable unavailable) {
            LOG.warn("gave up waiting for the object store", unavailable);
            run.fail(Cause.INFRASTRUCTURE, "The object store could not be reached.");
        } catch (Exception | OutOfMemoryError | LinkageError fault) {
            LOG.errorf(fault, "failed run=%s model=%s", run.id(), run.request().modelId());
            run.fail(Cause.SYSTEM, WorkFailure.sentence(fault));
        }
    }
}
