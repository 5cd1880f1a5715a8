package io.vedette.standalone;

import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.RunningStack.PartState;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./vedette status}: exit code 0 when all is well, 1 when not. */
@Command(
        name = "status",
        description =
                "Show each part, its address, process id and health, and where services show health and metrics. Exit code 0 if all are healthy, else 1.")
final class StatusCommand implements Callable<Integer> {
    private static final String LINE = "%-10s %-10s %-8s %-32s %s%n";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<PartState> parts =
                RunningStack.of(Home.fromEnvironment(System.getenv())).parts();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(LINE, "PART", "HEALTH", "PID", "ADDRESS", "MANAGEMENT");
        for (PartState part : parts) {
            String pid = part.pid().map(String::valueOf).orElse("-");
            String management = part.management().orElse("-");
            out.printf(LINE, part.name(), health(part), pid, part.address(), management);
        }
        return parts.stream().allMatch(PartState::healthy) ? 0 : 1;
    }

    private static String health(PartState part) {
        if (part.pid().isEmpty()) {
            return "stopped";
        }
        return part.healthy() ? "healthy" : "unhealthy";
    }
}
