package io.vedette.anomaly.bench;

import io.vedette.anomaly.Photograph;
import io.vedette.anomaly.TrainedModel;
import io.vedette.anomaly.TrainedModel.Prepared;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The learner alone, scoring one photograph in a loop whenever it is told to: what detections through the service are compared
 * with. Started with a model's folder, the photograph and the number of threads; each line of its input is a number of
 * verdicts, with {@code decoded} before it if the photograph is to be decoded once instead of each time. It answers with the
 * milliseconds of each.
 */
final class ScoringLoop {
    private final TrainedModel model;
    private final Photograph photograph;

    private ScoringLoop(TrainedModel model, Photograph photograph) {
        this.model = model;
        this.photograph = photograph;
    }

    private record Taken(String name, byte[] read) implements Photograph {}

    public static void main(String[] arguments) throws IOException {
        Photograph photograph = new Taken(arguments[1], Files.readAllBytes(Path.of(arguments[1])));
        try (TrainedModel model = TrainedModel.read(Path.of(arguments[0]), Integer.parseInt(arguments[2]), "cpu");
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            ScoringLoop loop = new ScoringLoop(model, photograph);
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ");
                System.out.println(loop.score(words.length > 1, Integer.parseInt(words[words.length - 1])));
            }
        }
    }

    private String score(boolean decoded, int verdicts) {
        Prepared once = model.prepare(photograph);
        StringBuilder answer = new StringBuilder();
        for (int i = 0; i < verdicts; i++) {
            long start = System.nanoTime();
            model.inspect(decoded ? once : model.prepare(photograph), model.threshold(), () -> {});
            answer.append(String.format(Locale.ROOT, "%.3f ", (System.nanoTime() - start) / 1e6));
        }
        return answer.toString().strip();
    }
}
