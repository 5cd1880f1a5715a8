package io.vedette.standalone;

import io.vedette.standalone.customer.BadFolder;
import io.vedette.standalone.customer.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vedette detect DIR|IMAGE}. */
@Command(
        name = "detect",
        description = {
            "Have a model look at an image, or at all images of a folder, and draw what it found.",
            "A model that is not hosted is hosted meanwhile. Exit code 1 if an image was refused."
        })
final class DetectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR|IMAGE", description = "JPEG or PNG, of the size that the model was trained on")
    private Path path;

    @Option(names = "--project", paramLabel = "NAME", required = true, description = "the model's project")
    private String project;

    @Option(
            names = "--model",
            paramLabel = "VERSION",
            defaultValue = "latest",
            description = "the model's version (default: ${DEFAULT-VALUE})")
    private String version;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "the score from which an image is anomalous (default: the model's own)")
    private Double threshold;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!version.matches("latest|[1-9][0-9]{0,8}")) {
            throw new ParameterException(spec.commandLine(), "--model takes a number from 1 up, or latest.");
        }
        if (threshold != null && !Double.isFinite(threshold)) {
            throw new ParameterException(spec.commandLine(), "--threshold takes a finite number.");
        }
        List<Path> photographs = Files.isDirectory(path) ? ImageFolder.images(path) : List.of(path);
        if (photographs.isEmpty() || Files.notExists(photographs.get(0))) {
            throw new BadFolder(path + " holds no JPEG or PNG image.");
        }
        try (StackForRun stack = StackForRun.use(spec.commandLine().getOut())) {
            OptionalDouble at = threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
            int refused =
                    new DetectionReport(stack, spec.commandLine().getOut()).detect(photographs, project, version, at);
            return refused == 0 ? 0 : 1;
        }
    }
}
