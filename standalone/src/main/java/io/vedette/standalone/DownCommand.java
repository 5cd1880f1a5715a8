package io.vedette.standalone;

import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.RunningStack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./vedette down}. */
@Command(name = "down", description = "Stop a running stack; its data stays.")
final class DownCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Home home = Home.fromEnvironment(System.getenv());
        boolean ran = RunningStack.of(home).stop();
        spec.commandLine()
                .getOut()
                .println(ran ? "Vedette has stopped." : "Nothing is running in " + home.directory() + ".");
    }
}
