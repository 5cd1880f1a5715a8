package io.vedette.standalone;

import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vedette up}: starts the stack and stays until it is told to stop. */
@Command(name = "up", description = "Start everything, and stay until Ctrl-C or ./vedette down.")
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "start only these parts, for work on the others")
    private List<String> only = RunningStack.PARTS;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (!RunningStack.PARTS.containsAll(only)) {
            throw new ParameterException(
                    spec.commandLine(), "--only takes parts: " + String.join(", ", RunningStack.PARTS) + ".");
        }
        Home home = Home.fromEnvironment(System.getenv());
        Stack stack = LocalStack.open(home, Ports.fromEnvironment(System.getenv()), only, out);
        // After a signal this ends the process: a clean stop is a success, whatever asked for it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopped(stack, out), "stop"));
        stack.bringUp();
        StackLayout layout = stack.layout();
        out.println("Vedette is ready: http://127.0.0.1:" + layout.ports().api());
        out.println("To talk to it: . " + LocalStack.shown(layout.home().environmentFile()));
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private static void stopped(Stack stack, PrintWriter out) {
        if (stack.isClosed()) {
            return; // the start failed; its exit code stands
        }
        out.println("Stopping ...");
        out.flush();
        stack.close();
        out.println("Vedette has stopped.");
        out.flush();
        Runtime.getRuntime().halt(0);
    }
}
