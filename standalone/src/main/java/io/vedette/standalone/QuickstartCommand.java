package io.vedette.standalone;

import io.vedette.standalone.customer.ImageFolder;
import io.vedette.standalone.sample.SampleSet;
import io.vedette.standalone.stack.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vedette quickstart}: the whole path on made-up photographs. */
@Command(
        name = "quickstart",
        description = "Make a sample data set, train a model on it, host it and detect. Run it as often as you like.")
final class QuickstartCommand implements Callable<Integer> {
    private static final String PROJECT = "quickstart";
    private static final long SEED = 1;

    @Option(names = "--keep", description = "leave the stack running afterwards, until Ctrl-C or ./vedette down")
    private boolean keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (StackForRun stack = StackForRun.use(out)) {
            Path sample = sample(stack.home().directory(), out);
            new TrainingReport(stack, out).train(ImageFolder.read(sample), PROJECT);
            out.println("Hosting the model, and detecting a good and a faulty board:");
            new DetectionReport(stack, out).detect(two(sample), PROJECT, "latest", OptionalDouble.empty());
            out.println();
            if (keep || !stack.isOwn()) {
                howToTalk(stack, out);
            }
            if (keep && stack.isOwn()) {
                out.println("Vedette keeps running until Ctrl-C or ./vedette down.");
                out.flush();
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }

    private static List<Path> two(Path sample) {
        Path test = sample.resolve("test");
        return List.of(
                ImageFolder.images(test.resolve("normal")).get(0),
                ImageFolder.images(test.resolve("anomaly")).get(0));
    }

    /** Made once: the generator gives the same pixels each time. */
    private static Path sample(Path home, PrintWriter out) throws IOException {
        Path folder = home.resolve("sample");
        if (Files.exists(folder)) {
            return folder;
        }
        out.println("Making " + SampleSet.TRAINING + " training and " + SampleSet.TEST
                + " test photographs of a printed circuit board in " + LocalStack.shown(folder) + " ...");
        out.flush();
        Path draft = home.resolve("sample.part");
        Folders.delete(draft);
        new SampleSet(SEED).write(draft);
        Files.move(draft, folder);
        return folder;
    }

    private static void howToTalk(StackForRun stack, PrintWriter out) {
        out.println("To talk to it:");
        out.println("  . " + LocalStack.shown(stack.home().environmentFile()));
        out.println("  aws lookoutvision list-models --project-name " + PROJECT
                + " --endpoint-url $AWS_ENDPOINT_URL_LOOKOUTVISION");
    }
}
