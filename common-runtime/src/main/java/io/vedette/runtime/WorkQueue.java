package io.vedette.runtime;

import io.vedette.common.event.RunCancelled;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.common.event.WorkEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Long work, claimed from a Kafka topic one piece at a time: said to be started, then committed, then the group is left
 * until the work is done (docs/architecture.md). Whatever Kafka does, {@link #claim()} keeps trying.
 *
 * @param <W> the request
 */
public final class WorkQueue<W extends WorkEvent> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkQueue.class);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final WorkQueues.Broker broker;
    private final WorkQueues.Subject<W> subject;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Backoff backoff = new Backoff(stopped);
    private volatile Membership membership;
    private volatile Run<W> held;
    private volatile boolean claimed;
    private volatile long lastTurn = System.nanoTime();

    WorkQueue(WorkQueues.Broker broker, WorkQueues.Subject<W> subject) {
        this.broker = broker;
        this.subject = subject;
        Thread control = new Thread(
                new RunControl(broker.settings(), broker.topics(), broker.codec(), this::cancel, stopped),
                "run-control");
        control.setDaemon(true);
        control.start();
    }

    /**
     * Waits until there is work, and takes it.
     *
     * @throws RunStopped if the queue is told to stop
     */
    public Run<W> claim() {
        return claim(FOR_EVER).orElseThrow();
    }

    /**
     * As {@link #claim()}, but gives up after a while as a member of the group.
     *
     * @return empty if there was no work for this long
     */
    public Optional<Run<W>> claim(Duration patience) {
        long since = System.nanoTime();
        while (stopped.getCount() > 0) {
            lastTurn = System.nanoTime();
            try {
                Optional<ConsumerRecord<String, byte[]>> polled = member().poll();
                backoff.reset();
                Optional<Run<W>> run = polled.flatMap(this::take);
                if (run.isPresent()) {
                    return run;
                }
                if (!member().joined()) {
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > patience.toNanos()) {
                    member().commitPositions();
                    return Optional.empty();
                }
            } catch (WakeupException stopping) {
                break;
            } catch (RuntimeException failure) {
                LOG.warnf(
                        "lost the queue topic=%s, trying again: %s",
                        subject.topic().suffix(), failure.getMessage());
                forget();
                backoff.pause();
            }
        }
        throw new RunStopped("the queue is closed");
    }

    /** True from the first commit of a claim on: what was claimed is no other worker's any more. */
    public boolean hasClaimed() {
        return claimed;
    }

    /** True while this worker is a member of its group, or is busy. */
    public boolean isReady() {
        Membership present = membership;
        return held != null || present != null && present.joined();
    }

    /** True while a run is held. */
    boolean isBusy() {
        return held != null;
    }

    /** How long ago the queue was last seen to move, in seconds; of a run that is held, how long it ignores its cancellation. */
    public long secondsSinceLastTurn() {
        Run<W> run = held;
        return run != null ? run.secondsSinceCancelled() : (System.nanoTime() - lastTurn) / 1_000_000_000L;
    }

    /** Ends the wait for work, and stops the held run at its next step. From any thread. */
    public void stop() {
        stopped.countDown();
        Membership present = membership;
        if (present != null) {
            present.wakeup();
        }
    }

    /** Leaves the group for good. By the thread that claims. */
    @Override
    public void close() {
        stop();
        forget();
    }

    private Optional<Run<W>> take(ConsumerRecord<String, byte[]> polled) {
        Optional<W> read = read(polled);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        W request = read.get();
        pass("after-poll", request);
        RunReporter reporter = broker.reporter(subject.run(request), EventCodec.traceparent(polled.headers()));
        Run<W> run = new Run<>(request, reporter, broker.heartbeat(), stopped, () -> held = null);
        // Known before it is said to be started, so that a cancellation which answers that finds it.
        held = run;
        boolean committed = false;
        try {
            reporter.sayOnce(new RunStarted(reporter.run(), broker.worker()));
            pass("after-started", request);
            committed = member().commit(polled);
            claimed |= committed;
            pass("after-commit", request);
        } finally {
            LOG.infof(
                    "%s run=%s model=%s attempt=%d kind=%s",
                    committed ? "claimed" : "not claimed",
                    run.id(),
                    request.modelId(),
                    request.attempt(),
                    subject.kind());
            if (!committed) {
                run.drop();
                reporter.mention(new RunInterrupted(reporter.run(), true));
            }
            leave();
        }
        return committed ? Optional.of(run) : Optional.empty();
    }

    private void pass(String place, W request) {
        CrashPoint.pass(subject.kind().name().toLowerCase(Locale.ROOT) + "." + place, request.modelArn());
    }

    /** The request, or empty if it is poison: then it is among the dead letters, and the partition goes on. */
    private Optional<W> read(ConsumerRecord<String, byte[]> polled) {
        try {
            return Optional.of(subject.type().cast(broker.codec().decode(polled)));
        } catch (IllegalArgumentException | ClassCastException poison) {
            broker.deadLetters().bury(polled, poison.getMessage());
            member().commit(polled);
            return Optional.empty();
        }
    }

    private void cancel(RunCancelled cancelled) {
        Run<W> run = held;
        if (run != null && run.id().equals(cancelled.runId())) {
            run.cancel(cancelled.reason());
        }
    }

    private Membership member() {
        if (membership == null) {
            String group = broker.topics().prefixed(subject.group());
            String topic = broker.topics().name(subject.topic());
            membership = new Membership(broker.settings(), group, topic);
        }
        return membership;
    }

    private void leave() {
        try {
            member().leave();
        } catch (KafkaException failure) {
            LOG.debugf(failure, "left the group by force");
            forget();
        }
    }

    /** The next claim joins anew, with a consumer of its own. */
    private void forget() {
        Membership old = membership;
        membership = null;
        if (old != null) {
            old.close();
        }
    }
}
