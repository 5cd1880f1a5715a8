package io.vedette.standalone;

import io.vedette.common.ProjectName;
import io.vedette.standalone.customer.ImageFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vedette train DIR}. */
@Command(
        name = "train",
        description = {
            "Train a model from a folder of images:",
            "  train/normal, train/anomaly         images to learn from (JPEG or PNG, all of one size)",
            "  test/normal, test/anomaly           optional: images to test with",
            "  masks/train/STEM.png, masks/test    optional: masks of the anomalies"
        })
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "the folder")
    private Path directory;

    @Option(names = "--project", paramLabel = "NAME", description = "the project (default: the folder's name)")
    private String project;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProjectName name = projectName();
        ImageFolder folder = ImageFolder.read(directory);
        PrintWriter out = spec.commandLine().getOut();
        try (StackForRun stack = StackForRun.use(out)) {
            new TrainingReport(stack, out).train(folder, name.value());
        }
        return 0;
    }

    private ProjectName projectName() {
        String text = project != null
                ? project
                : directory
                        .toAbsolutePath()
                        .normalize()
                        .getFileName()
                        .toString()
                        .toLowerCase(Locale.ROOT);
        try {
            return new ProjectName(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"" + text
                            + "\" is no project name: it must be letters, digits, - and _, starting with a letter or digit (--project).");
        }
    }
}
