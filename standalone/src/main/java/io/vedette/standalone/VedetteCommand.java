package io.vedette.standalone;

import io.vedette.standalone.customer.BadFolder;
import io.vedette.standalone.customer.TrainingFailure;
import io.vedette.standalone.stack.DiskTrouble;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.StackFailure;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vedette}. */
@Command(
        name = "vedette",
        description = "Trains, evaluates and hosts visual-inspection models behind the Amazon Lookout for Vision API.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            QuickstartCommand.class,
            TrainCommand.class,
            DetectCommand.class,
            BenchCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            EventsCommand.class,
            DeadLettersCommand.class,
            KeysCommand.class,
            ClientKitCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Everything is kept in VEDETTE_HOME (default: .vedette in the current folder) and listens on 127.0.0.1:",
            "  API 8080 (VEDETTE_API_PORT), S3 9000 (VEDETTE_S3_PORT),",
            "  Kafka 9092 (VEDETTE_KAFKA_PORT), Postgres 5433 (VEDETTE_POSTGRES_PORT)."
        })
public final class VedetteCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Exit codes: 0 done, 1 failed with one sentence, 2 wrong use. */
    static CommandLine commandLine() {
        return new CommandLine(new VedetteCommand())
                .setParameterExceptionHandler(VedetteCommand::wrongUse)
                .setExecutionExceptionHandler(VedetteCommand::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
    }

    private static int wrongUse(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println(e.getMessage());
        err.println();
        e.getCommandLine().usage(err);
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult result) {
        PrintWriter err = commandLine.getErr();
        if (e instanceof BadFolder) {
            err.println("vedette: " + e.getMessage());
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
        if (e instanceof StackFailure || e instanceof TrainingFailure) {
            err.println("vedette: " + e.getMessage());
        } else if (e instanceof IOException io) {
            err.println("vedette: " + DiskTrouble.sentence(io, Home.fromEnvironment(System.getenv())));
        } else {
            err.println("vedette: unexpected failure: " + e);
            e.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
