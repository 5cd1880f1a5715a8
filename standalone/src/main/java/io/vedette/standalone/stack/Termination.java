package io.vedette.standalone.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: first asked, then forced. */
final class Termination {
    private Termination() {}

    /** Returns when the process is gone, at the latest a moment after {@code grace}. */
    static void end(ProcessHandle process, String signal, Duration grace) {
        if (!process.isAlive()) {
            return;
        }
        ask(process, signal);
        if (!gone(process, grace)) {
            process.destroyForcibly();
            gone(process, Duration.ofSeconds(2));
        }
    }

    private static void ask(ProcessHandle process, String signal) {
        if ("TERM".equals(signal)) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            process.destroy();
        }
    }

    private static boolean gone(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
