package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A part that is kept alive: whenever its process ends unasked, or says that it no longer works, or says nothing at all for
 * minutes, it is started again, each time a little later.
 */
final class SupervisedPart {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration STEADY = Duration.ofSeconds(60);
    /** Some seconds do; but where there is ten times as much to do as there are processors, all seven take minutes. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofSeconds(2);
    /** In so many looks one after the other. */
    private static final int SICK_LOOKS = 3;
    /** Three minutes and a half of a process that is stopped: one that is only stopped for a while goes on by itself. */
    private static final int SILENT_LOOKS = 60;

    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final long LOG_LIMIT = 20L << 20;

    private final Part part;
    private final Home home;
    private final Duration longestPause;
    private final Consumer<String> notices;
    private Process process;
    private Instant startedAt;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean stopping;
    private Thread watcher;

    /** @param longestPause before one more start of a part that ended again and again */
    SupervisedPart(Part part, Home home, Duration longestPause, Consumer<String> notices) {
        this.part = part;
        this.home = home;
        this.longestPause = longestPause;
        this.notices = notices;
    }

    String name() {
        return part.name();
    }

    /** Starts it and waits until it is healthy. @throws StackFailure if it ends or stays silent; its log's tail is in the message */
    void start() throws InterruptedException {
        launch();
        if (!awaitHealthy(START_LIMIT)) {
            String how = process.isAlive() ? "did not become ready" : "ended with code " + process.exitValue();
            throw new StackFailure(part.name() + " " + how + "; the end of " + home.log(part.name()) + ":\n"
                    + LogTail.of(home.log(part.name()), 25));
        }
        watcher = new Thread(this::watch, "watch-" + part.name());
        watcher.setDaemon(true);
        watcher.start();
    }

    void stop(Duration grace) {
        stopping = true;
        Process running;
        synchronized (this) {
            running = process;
        }
        if (watcher != null) {
            watcher.interrupt();
        }
        if (running != null) {
            Termination.end(running.toHandle(), part.stopSignal(), grace);
            PidFile.of(home, part.name()).delete();
        }
    }

    private synchronized void launch() {
        if (stopping) {
            return;
        }
        try {
            Path log = home.log(part.name());
            rotate(log);
            process = part.command()
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .directory(home.directory().toFile())
                    .start();
            startedAt = Instant.now();
            PidFile.of(home, part.name()).write(process.toHandle(), part.address() + " " + part.probe());
        } catch (IOException e) {
            throw new StackFailure(part.name() + " could not be started: " + DiskTrouble.sentence(e, home), e);
        }
    }

    private boolean awaitHealthy(Duration limit) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (process.isAlive() && !stopping && Instant.now().isBefore(end)) {
            if (part.healthy()) {
                return becameReady();
            }
            Thread.sleep(100);
        }
        return false;
    }

    private boolean becameReady() {
        try {
            part.ready();
            return true;
        } catch (IOException e) {
            throw new StackFailure(part.name() + " started, but " + e.getMessage() + ".", e);
        }
    }

    private void watch() {
        try {
            while (!stopping) {
                String end = untilItEnds();
                if (stopping) {
                    return;
                }
                restart(end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stop() asked for it
        }
    }

    /** Returns when the process has ended, or was ended because it does not work any more. @return how it ended */
    private String untilItEnds() throws InterruptedException {
        int sick = 0;
        int silent = 0;
        while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            Part.Pulse pulse = part.pulse();
            sick = pulse == Part.Pulse.SICK ? sick + 1 : 0;
            silent = pulse == Part.Pulse.SILENT ? silent + 1 : 0;
            if (!stopping && (sick >= SICK_LOOKS || silent >= SILENT_LOOKS)) {
                Termination.end(process.toHandle(), part.stopSignal(), GRACE);
                return sick > 0 ? "says that it no longer works and was stopped" : "did not answer and was stopped";
            }
        }
        return "stopped unexpectedly (exit code " + process.exitValue() + ")";
    }

    private void restart(String end) throws InterruptedException {
        if (Duration.between(startedAt, Instant.now()).compareTo(STEADY) > 0) {
            pause = FIRST_PAUSE;
        }
        notices.accept(part.name() + " " + end + "; starting it again in " + pause.toSeconds() + " s.");
        Thread.sleep(pause.toMillis());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
        try {
            launch();
            if (awaitHealthy(START_LIMIT)) {
                notices.accept(part.name() + " runs again (pid " + process.pid() + ").");
            }
        } catch (StackFailure e) {
            notices.accept(e.getMessage());
        }
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
