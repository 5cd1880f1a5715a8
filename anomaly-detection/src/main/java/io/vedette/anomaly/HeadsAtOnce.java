package io.vedette.anomaly;

import ai.djl.pytorch.jni.JniUtils;
import io.vedette.anomaly.head.PatchHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Trains heads side by side, each on one thread of PyTorch: two threads on one head often wait for each other. Which head is
 * trained how depends on the number of heads and threads alone, so that the bits do not change from run to run.
 */
final class HeadsAtOnce {
    private static final long GLANCE_MILLIS = 100;

    private final int threads;
    private final LongConsumer progress;
    private final AtomicLong steps = new AtomicLong();
    private volatile boolean over;

    /**
     * @param threads of PyTorch for all
     * @param progress told how many steps were begun, by the calling thread alone; it may throw to stop all
     */
    HeadsAtOnce(int threads, LongConsumer progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /** A training that tells before each step. */
    interface Training {
        PatchHead train(Runnable step);
    }

    /** @return heads in the order of the trainings; none stays open if one fails */
    List<PatchHead> train(List<Training> trainings) {
        PatchHead[] heads = new PatchHead[trainings.size()];
        int lanes = Math.min(threads, heads.length);
        int together = lanes <= 1 ? 0 : heads.length / lanes * lanes;
        try {
            sideBySide(trainings.subList(0, together), heads);
            for (int i = together; i < heads.length; i++) // too few for all threads: these share them
            heads[i] = trainings.get(i).train(() -> progress.accept(steps.getAndIncrement()));
            return List.of(heads);
        } catch (RuntimeException e) {
            Stream.of(heads).filter(Objects::nonNull).forEach(PatchHead::close);
            throw e;
        }
    }

    private void sideBySide(List<Training> trainings, PatchHead[] heads) {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        List<Future<?>> all = new ArrayList<>();
        try {
            for (int i = 0; i < trainings.size(); i++) {
                int at = i;
                all.add(workers.submit(() -> heads[at] = alone(trainings.get(at))));
            }
            for (Future<?> one : all) await(one);
        } finally {
            over = true; // who still trains gives up
            end(workers);
        }
    }

    private PatchHead alone(Training training) {
        JniUtils.setNumThreads(1);
        return training.train(() -> {
            if (over) throw new Stopped();
            steps.getAndIncrement();
        });
    }

    private void await(Future<?> training) {
        while (true) {
            progress.accept(steps.get());
            try {
                training.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                // look again
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
        }
    }

    /** Waits however long a step takes: what a training uses must outlive it. */
    private static void end(ExecutorService workers) {
        workers.shutdown();
        boolean interrupted = false;
        while (!workers.isTerminated()) {
            try {
                workers.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
