package io.vedette.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.vedette.standalone.bench.BenchPictures;
import io.vedette.standalone.bench.BenchPlan;
import io.vedette.standalone.bench.BenchRun;
import io.vedette.standalone.bench.BenchTable;
import io.vedette.standalone.customer.ImageFolder;
import io.vedette.standalone.customer.Progress;
import io.vedette.standalone.stack.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./vedette bench DIR…}. */
@Command(
        name = "bench",
        description = {
            "Train and measure every learner on folders of images, laid out as for train, each with a test folder.",
            "Prints a table: area under ROC, F1 at the threshold that the learner chose from the training images and at",
            "the one that the test images would choose; where there are masks, how well the heat finds the pixels (area",
            "under ROC, AUPRO up to 30 %% false positives, best F1) and the drawn defects overlap them (IoU); seconds to",
            "train, milliseconds an image, and the most memory. The row \"auto\" is the product's own choice.",
            "No stack is needed, and none is started."
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "DIR", description = "the folders")
    private List<Path> directories;

    @Option(names = "--learner", paramLabel = "NAME", description = "only this one; auto is the choice among all")
    private String learner;

    @Option(
            names = "--backbone",
            paramLabel = "NAME",
            defaultValue = "inception-v3",
            description = "the network whose features are learned on (default: ${DEFAULT-VALUE})")
    private String backbone;

    @Option(
            names = "--image-side",
            paramLabel = "PIXELS",
            defaultValue = "384",
            description = "the long side that images are brought to (default: ${DEFAULT-VALUE})")
    private int imageSide;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "how often to train, each time with another seed; the table has means (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "cpu, gpu or auto (default: ${DEFAULT-VALUE})")
    private String device;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "measure on training images, each of N parts in turn held out from what is learned, and leave test images alone;",
                "the table has means"
            })
    private int folds;

    @Option(names = "--labels-only", description = "learn from labels alone; masks are still measured by")
    private boolean labelsOnly;

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures there")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seeds < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds must be at least 1.");
        }
        if (imageSide < 64 || imageSide > 4096) {
            throw new ParameterException(spec.commandLine(), "--image-side must be 64 to 4096.");
        }
        if (folds < 0 || folds == 1) {
            throw new ParameterException(spec.commandLine(), "--folds must be at least 2.");
        }
        List<ImageFolder> folders = directories.stream().map(ImageFolder::read).toList();
        BenchPlan plan = new BenchPlan(
                folders,
                Optional.ofNullable(learner),
                backbone,
                imageSide,
                seeds,
                device,
                new BenchPlan.Split(folds, !labelsOnly));
        PrintWriter out = spec.commandLine().getOut();
        Home home = Home.fromEnvironment(System.getenv());
        Path output = home.directory().resolve("results").resolve("bench");
        Watcher watcher = new Watcher(output, new Progress(out, Boolean.getBoolean("vedette.terminal")));
        new BenchRun(LocalStack.software(), home, watcher).run(plan, output);
        out.println();
        BenchTable.lines(watcher.trials).forEach(out::println);
        out.println("pictures of the worst mistakes in " + LocalStack.shown(output));
        if (json != null) {
            out.println("figures in " + LocalStack.shown(json));
        }
        out.flush();
        return 0;
    }

    /** Writes down what is known after each trial: a long run may be stopped. */
    private final class Watcher implements BenchRun.Listener {
        private final List<JsonNode> trials = new ArrayList<>();
        private final Path output;
        private final Progress progress;

        Watcher(Path output, Progress progress) {
            this.output = output;
            this.progress = progress;
        }

        @Override
        public void at(String text) {
            boolean terminal = Boolean.getBoolean("vedette.terminal");
            progress.at(terminal ? text : text.replaceAll(" [0-9]+/[0-9]+$", ""));
        }

        @Override
        public void done(JsonNode trial) throws IOException {
            trials.add(trial);
            BenchTable.lines(List.of(trial)).stream().skip(2).forEach(progress::line);
            BenchPictures.write(output, trial);
            if (json != null) {
                write(trials);
            }
        }
    }

    private void write(List<JsonNode> trials) throws IOException {
        if (json.toAbsolutePath().getParent() != null) {
            Files.createDirectories(json.toAbsolutePath().getParent());
        }
        int processors = Runtime.getRuntime().availableProcessors();
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(
                        json.toFile(),
                        new Figures(backbone, imageSide, seeds, folds, !labelsOnly, device, processors, trials));
    }

    /** What the JSON file holds; a trial is as the learning code's bench describes it. */
    private record Figures(
            String backbone,
            int imageSide,
            int seeds,
            int folds,
            boolean masks,
            String device,
            int processors,
            List<JsonNode> trials) {}
}
