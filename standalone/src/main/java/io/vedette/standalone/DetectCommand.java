package io.vedette.standalone;

import io.vedette.standalone.customer.BadFolder;
import io.vedette.standalone.customer.BatchDetection.Place;
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

/** {@code ./vedette detect DIR|IMAGE|s3://BUCKET/PREFIX}. */
@Command(
        name = "detect",
        description = {
            "Have a model look at an image, or at all images of a folder, and draw what it found.",
            "A model that is not hosted is hosted meanwhile. Exit code 1 if an image was refused.",
            "All images below an S3 prefix, or of a manifest (.manifest, .jsonl), are looked at in the background by the"
                    + " service, whether the model is hosted or not; the results are written to S3."
        })
final class DetectCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIR|IMAGE|s3://BUCKET/PREFIX",
            description = "JPEG or PNG, of the size that the model was trained on")
    private String path;

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

    @Option(
            names = "--output",
            paramLabel = "s3://BUCKET/PREFIX",
            description = "where the results of an S3 prefix go (default: batch-detections/ in its bucket)")
    private String output;

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
        OptionalDouble at = threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
        return (path.startsWith("s3://") ? batch(at) : images(at)) == 0 ? 0 : 1;
    }

    private long batch(OptionalDouble at) {
        Place input = Place.parse(path);
        Place results = output == null ? new Place(input.bucket(), "batch-detections/") : Place.parse(output);
        try (StackForRun stack = StackForRun.use(spec.commandLine().getOut())) {
            return new BatchReport(stack, spec.commandLine().getOut()).detect(input, results, project, version, at);
        }
    }

    private long images(OptionalDouble at) throws IOException {
        if (output != null) {
            throw new ParameterException(spec.commandLine(), "--output is for the images of an S3 prefix.");
        }
        Path local = Path.of(path);
        List<Path> photographs = Files.isDirectory(local) ? ImageFolder.images(local) : List.of(local);
        if (photographs.isEmpty() || Files.notExists(photographs.get(0))) {
            throw new BadFolder(path + " holds no JPEG or PNG image.");
        }
        try (StackForRun stack = StackForRun.use(spec.commandLine().getOut())) {
            return new DetectionReport(stack, spec.commandLine().getOut()).detect(photographs, project, version, at);
        }
    }
}
