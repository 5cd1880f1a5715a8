package io.vedette.standalone;

import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.stack.Credentials;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackFailure;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/** A stack to work with: the one that runs in this home, which is left running, or one started for this command alone. */
final class StackForRun implements AutoCloseable {
    private final Home home;
    private final Optional<Stack> own;

    private StackForRun(Home home, Optional<Stack> own) {
        this.home = home;
        this.own = own;
    }

    static StackForRun use(PrintWriter out) {
        Map<String, String> environment = System.getenv();
        Home home = Home.fromEnvironment(environment);
        if (RunningStack.of(home).ready()) {
            out.println("Using the stack that runs in " + LocalStack.shown(home.directory()) + ".");
            return new StackForRun(home, Optional.empty());
        }
        out.println("Starting Vedette in " + LocalStack.shown(home.directory()) + " ...");
        out.flush();
        Stack stack = LocalStack.open(home, Ports.fromEnvironment(environment), RunningStack.PARTS, out);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        stack.bringUp();
        out.println(
                "Vedette is ready: http://127.0.0.1:" + stack.layout().ports().api());
        out.flush();
        return new StackForRun(home, Optional.of(stack));
    }

    Home home() {
        return home;
    }

    /** Whether it was started for this command. */
    boolean isOwn() {
        return own.isPresent();
    }

    Clients clients() {
        return clients(home);
    }

    /** Clients of the stack that runs in a home. @throws StackFailure if none does */
    static Clients clients(Home home) {
        RunningStack running = RunningStack.of(home);
        String api = running.address("api")
                .orElseThrow(() -> new StackFailure("The API does not run; ./vedette status shows more."));
        String s3 = running.address("s3")
                .orElseThrow(() -> new StackFailure("S3 does not run; ./vedette status shows more."));
        return Clients.of(api, s3, Credentials.read(home));
    }

    @Override
    public void close() {
        own.ifPresent(Stack::close);
    }
}
