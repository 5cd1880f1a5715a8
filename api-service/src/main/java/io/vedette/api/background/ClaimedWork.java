package io.vedette.api.background;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Threads that each claim a job, work at it and look for the next; without one they wait until they are woken, or for a
 * while. A job that is cut by the end of the process is claimed anew by whoever is next, when its claim has run out.
 *
 * @param <J> a job as it was claimed
 */
public final class ClaimedWork<J> {
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private final int size;
    private final Supplier<Optional<J>> claim;
    private final Consumer<J> work;
    private final Semaphore wake = new Semaphore(0);
    private final ExecutorService threads;

    /**
     * @param name of the threads, and in the log
     * @param size how many jobs are worked at at a time
     * @param work does not throw on account of the job: it gives it back
     */
    public ClaimedWork(String name, int size, Supplier<Optional<J>> claim, Consumer<J> work) {
        this.name = name;
        this.size = size;
        this.claim = claim;
        this.work = work;
        this.threads = Executors.newFixedThreadPool(size, this::thread);
    }

    /** How long to leave a job alone that has failed so many times, counted from 1: from a second to a minute. */
    public static Duration pauseAfter(int attempts) {
        Duration pause = Duration.ofSeconds(1L << Math.min(attempts - 1, 6));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    public void start() {
        for (int i = 0; i < size; i++) {
            threads.execute(this::loop);
        }
    }

    /** There may be a job. */
    public void wake() {
        wake.release();
    }

    public boolean isStopping() {
        return threads.isShutdown();
    }

    public void stop() throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            Log.warnf("did not stop in time: %s", name);
        }
    }

    private void loop() {
        while (!isStopping()) {
            try {
                Optional<J> job = claim.get();
                if (job.isPresent()) {
                    work.accept(job.get());
                } else {
                    pause();
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | LinkageError | StackOverflowError failure) {
                afterTrouble(failure);
            }
        }
    }

    private void afterTrouble(Throwable failure) {
        if (isStopping()) {
            return;
        }
        Log.warnf(failure, "could not look for work: %s", name);
        wake.drainPermits();
        try {
            pause();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() throws InterruptedException {
        if (wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            Log.debugf("woken: %s", name);
        }
    }

    private Thread thread(Runnable loop) {
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        return thread;
    }
}
