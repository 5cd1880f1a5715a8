package io.vedette.standalone;

import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.customer.Evaluation;
import io.vedette.standalone.customer.ImageFolder;
import io.vedette.standalone.customer.Progress;
import io.vedette.standalone.customer.Training;
import io.vedette.standalone.customer.Training.Trained;
import io.vedette.standalone.stack.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Trains from a folder and tells a person all about it. */
final class TrainingReport {
    private final StackForRun stack;
    private final PrintWriter out;

    TrainingReport(StackForRun stack, PrintWriter out) {
        this.stack = stack;
        this.out = out;
    }

    void train(ImageFolder folder, String project) throws IOException {
        Progress progress = new Progress(out, Boolean.getBoolean("vedette.terminal"));
        try (Clients clients = stack.clients()) {
            Trained trained = new Training(clients, progress).train(folder, project);
            String version = trained.model().modelVersion();
            progress.line("Model version " + version + ": " + trained.model().statusAsString() + ". "
                    + trained.model().statusMessage());
            Evaluation evaluation = Evaluation.of(trained, clients.s3());
            out.println();
            evaluation.lines().forEach(line -> out.println("  " + line));
            Path pictures = pictures(stack.home(), project, version);
            for (Path picture : ResultPictures.write(pictures, project + " " + version, evaluation.verdicts())) {
                out.println("  picture             " + LocalStack.shown(picture));
            }
            out.println();
            out.flush();
        }
    }

    private static Path pictures(Home home, String project, String version) {
        return home.directory().resolve("results").resolve(project).resolve(version);
    }
}
