package io.vedette.standalone;

import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.customer.Detected;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.customer.Hosting;
import io.vedette.standalone.customer.Progress;
import io.vedette.standalone.customer.TrainingFailure;
import io.vedette.standalone.picture.Finding;
import io.vedette.standalone.picture.Overlay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;

/** Hosts a model, detects, and tells a person all about it. */
final class DetectionReport {
    private final StackForRun stack;
    private final PrintWriter out;

    DetectionReport(StackForRun stack, PrintWriter out) {
        this.stack = stack;
        this.out = out;
    }

    /**
     * @param version a number, or {@code latest}
     * @param threshold the model's own where empty
     * @return how many photographs the service refused
     */
    int detect(List<Path> photographs, String project, String version, OptionalDouble threshold) throws IOException {
        Progress progress = new Progress(out, Boolean.getBoolean("vedette.terminal"));
        int refused = 0;
        try (Clients clients = stack.clients();
                Hosting hosting = Hosting.of(clients.vision(), project, version, progress);
                Extensions extensions = new Extensions(clients.vision())) {
            Path folder = stack.home()
                    .directory()
                    .resolve("results")
                    .resolve(project)
                    .resolve(hosting.version())
                    .resolve("detected");
            Files.createDirectories(folder);
            for (Path photograph : photographs) {
                try {
                    var model = new Detected.Hosted(project, hosting.version());
                    Finding finding = Detected.in(photograph, extensions, model, threshold);
                    Path picture = folder.resolve(stem(photograph) + ".png");
                    ImageIO.write(Overlay.draw(finding), "png", picture.toFile());
                    progress.line(line(finding, picture));
                } catch (TrainingFailure refusal) {
                    refused++;
                    progress.line("  refused       " + photograph.getFileName() + ": " + refusal.getMessage());
                }
            }
        }
        out.flush();
        return refused;
    }

    private static String line(Finding finding, Path picture) {
        return String.format(
                Locale.ROOT,
                "  %-8s %3d%%  %-24s score %8.3f, threshold %.3f   %s",
                finding.anomalous() ? "anomaly" : "normal",
                Math.round(100 * finding.confidence()),
                finding.photograph().getFileName(),
                finding.score(),
                finding.threshold(),
                LocalStack.shown(picture));
    }

    private static String stem(Path photograph) {
        String name = photograph.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 1 ? name : name.substring(0, dot);
    }
}
