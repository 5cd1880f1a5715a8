package io.vedette.standalone;

import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.LogTail;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.StackFailure;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vedette logs [PART]}. */
@Command(name = "logs", description = "Print the end of each part's log, or of one part's.")
final class LogsCommand implements Runnable {
    @Parameters(
            arity = "0..1",
            paramLabel = "PART",
            description = "postgres, kafka, s3, api, trainer, evaluator or inference")
    private String part;

    @Option(
            names = "-n",
            paramLabel = "LINES",
            defaultValue = "50",
            description = "how many lines (default: ${DEFAULT-VALUE})")
    private int lines;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (part != null && !RunningStack.PARTS.contains(part)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no part \"" + part + "\"; there are " + String.join(", ", RunningStack.PARTS) + ".");
        }
        if (lines < 1) {
            throw new ParameterException(spec.commandLine(), "-n must be at least 1.");
        }
        Home home = Home.fromEnvironment(System.getenv());
        if (Files.notExists(home.logs())) {
            throw new StackFailure("There are no logs in " + home.directory() + ": nothing was started there.");
        }
        PrintWriter out = spec.commandLine().getOut();
        for (String name : part == null ? RunningStack.PARTS : List.of(part)) {
            if (part == null) {
                out.println("==> " + home.log(name) + " <==");
            }
            out.println(LogTail.of(home.log(name), lines));
        }
    }
}
