package io.vedette.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./vedette client-kit}: gives the service back to the AWS CLI and boto3, whose makers have removed it. */
@Command(
        name = "client-kit",
        description = "Teach the AWS CLI and boto3 the service again.",
        synopsisSubcommandLabel = "COMMAND")
final class ClientKitCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the client kit: install.");
    }

    @Command(name = "install", description = "Put the service's model where botocore looks for models.")
    int install(
            @Option(
                            names = "--dir",
                            paramLabel = "FOLDER",
                            description = "default: ~/.aws/models, where botocore looks by itself; of any other folder"
                                    + " it must be told by AWS_DATA_PATH")
                    Path folder)
            throws IOException {
        Path usual = Path.of(System.getProperty("user.home"), ".aws", "models");
        Path models = folder == null ? usual : folder;
        Path kit = LocalStack.software().resolve("deploy/clients/botocore");
        try (Stream<Path> files = Files.walk(kit)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = models.resolve(kit.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("The service's model is in " + models.resolve("lookoutvision") + ".");
        if (!models.toAbsolutePath().normalize().equals(usual.toAbsolutePath().normalize())) {
            out.println("export AWS_DATA_PATH='" + models.toAbsolutePath().normalize() + "'");
        }
        out.flush();
        return 0;
    }
}
