package io.vedette.standalone.faults;

import static org.awaitility.Awaitility.await;

import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.RunningStack.PartState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The stack's processes, for those who end or freeze them; the stack starts what has ended again. */
record Processes(RunningStack stack) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OFTEN = Duration.ofMillis(50);

    ProcessHandle of(String part) {
        return find(part).orElseThrow(() -> new IllegalStateException(part + " does not run"));
    }

    /** As {@code kill -9} does, and waits until it is gone. */
    void kill(String part) {
        end(of(part), "KILL");
    }

    /** Sends a signal that the process dies of, and waits until it is gone. */
    void end(ProcessHandle process, String signal) {
        signal(process, signal);
        process.onExit().join();
    }

    void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the part's process is another than this one, and well. */
    void awaitNext(String part, ProcessHandle old) {
        await(part + " to run again")
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(() -> state(part)
                        .filter(PartState::healthy)
                        .flatMap(PartState::pid)
                        .filter(pid -> pid != old.pid())
                        .isPresent());
    }

    void awaitHealthy(List<String> parts) {
        await(parts + " to be well")
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(() -> stack.parts().stream()
                        .filter(state -> parts.contains(state.name()))
                        .allMatch(PartState::healthy));
    }

    /** Empty if it does not run at this moment. */
    Optional<ProcessHandle> find(String part) {
        return state(part).flatMap(PartState::pid).flatMap(ProcessHandle::of);
    }

    private Optional<PartState> state(String part) {
        return stack.parts().stream().filter(state -> state.name().equals(part)).findFirst();
    }
}
