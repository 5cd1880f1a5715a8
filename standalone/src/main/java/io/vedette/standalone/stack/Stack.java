package io.vedette.standalone.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** All parts of Vedette on this machine, running from {@link #start} to {@link #close}. */
public final class Stack implements AutoCloseable {
    private static final Duration SERVICE_GRACE = Duration.ofSeconds(12); // calls have 5 s of it, consumers the next 5
    private static final Duration INFRASTRUCTURE_GRACE = Duration.ofSeconds(5);

    private final StackLayout layout;
    private final HomeLock lock;
    private final List<Part> parts;
    private final List<SupervisedPart> supervised = new ArrayList<>();
    private boolean closed;

    private Stack(StackLayout layout, HomeLock lock, List<Part> parts, Consumer<String> notices) {
        this.layout = layout;
        this.lock = lock;
        this.parts = parts;
        parts.forEach(part -> supervised.add(new SupervisedPart(part, layout.home(), layout.longestPause(), notices)));
    }

    /**
     * Ends what an earlier launcher left behind, starts every part and waits until all are healthy. If one fails, all are stopped.
     *
     * @param notices told one sentence whenever a part died or runs again
     * @throws StackFailure with a sentence for people
     */
    public static Stack start(StackLayout layout, Consumer<String> notices) {
        Stack stack = open(layout, notices);
        stack.bringUp();
        return stack;
    }

    /** A stack whose parts do not run yet: {@link #close} may be called from a shutdown hook while {@link #bringUp} works. */
    public static Stack open(StackLayout layout, Consumer<String> notices) {
        return open(layout, RunningStack.PARTS, notices);
    }

    /** @param only the names of the parts to run; what the others need of them is not checked */
    public static Stack open(StackLayout layout, List<String> only, Consumer<String> notices) {
        HomeLock lock = HomeLock.take(layout.home());
        try {
            int left = RunningStack.of(layout.home()).endLeftBehind();
            if (left > 0) {
                notices.accept("Ended " + left + " processes that an earlier start had left behind.");
            }
            layout.listening().checkFree(only);
            RunningStack.of(layout.home()).launcher().write(ProcessHandle.current(), "starting");
            Credentials.writeEnvironment(layout.home(), layout.ports());
            List<Part> parts = layout.parts().stream()
                    .filter(part -> only.contains(part.name()))
                    .toList();
            return new Stack(layout, lock, parts, notices);
        } catch (IOException e) {
            lock.close();
            throw new StackFailure(DiskTrouble.sentence(e, layout.home()), e);
        } catch (StackFailure e) {
            lock.close();
            throw e;
        }
    }

    /** Starts every part as soon as what it needs is healthy. */
    public void bringUp() {
        Map<String, CompletableFuture<Void>> started = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            SupervisedPart part = supervised.get(i);
            CompletableFuture<?>[] needs = parts.get(i).needs().stream()
                    .map(started::get)
                    .filter(Objects::nonNull)
                    .toArray(CompletableFuture<?>[]::new);
            started.put(part.name(), CompletableFuture.allOf(needs).thenRunAsync(() -> start(part), this::thread));
        }
        try {
            CompletableFuture.allOf(started.values().toArray(CompletableFuture<?>[]::new))
                    .join();
            RunningStack.of(layout.home()).launcher().write(ProcessHandle.current(), "ready");
        } catch (CompletionException e) {
            close();
            throw e.getCause() instanceof StackFailure failure
                    ? failure
                    : new StackFailure("The stack did not start: " + e.getCause(), e.getCause());
        } catch (IOException e) {
            close();
            throw new StackFailure(DiskTrouble.sentence(e, layout.home()), e);
        }
    }

    public StackLayout layout() {
        return layout;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Services first, then Kafka and S3, then Postgres. Takes at most 22 seconds. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop(List.of("trainer", "evaluator", "api", "inference"), SERVICE_GRACE);
        stop(List.of(KafkaPart.NAME, S3Part.NAME), INFRASTRUCTURE_GRACE);
        stop(List.of(PostgresPart.NAME), INFRASTRUCTURE_GRACE);
        RunningStack.of(layout.home()).launcher().delete();
        lock.close();
    }

    private void stop(List<String> names, Duration grace) {
        supervised.stream()
                .filter(part -> names.contains(part.name()))
                .map(part -> CompletableFuture.runAsync(() -> part.stop(grace), this::thread))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private void start(SupervisedPart part) {
        try {
            part.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure(part.name() + " was interrupted while starting.", e);
        }
    }

    // Daemon threads of our own: the common pool has as few threads as the machine has cores.
    private void thread(Runnable work) {
        Thread thread = new Thread(work, "stack");
        thread.setDaemon(true);
        thread.start();
    }
}
