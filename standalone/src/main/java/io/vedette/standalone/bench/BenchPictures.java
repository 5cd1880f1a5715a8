package io.vedette.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.picture.CloseLook;
import io.vedette.standalone.picture.Look;
import io.vedette.standalone.picture.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A picture for each set and learner: the worst mistakes with what the model saw. */
public final class BenchPictures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchPictures() {}

    /** Writes {@code SET-LEARNER.png}, or {@code SET-fold-N-LEARNER.png}, into a folder; nothing for a trial without verdicts, which is of a later seed or failed. */
    public static void write(Path folder, JsonNode trial) throws IOException {
        if (!trial.has("verdicts")) {
            return;
        }
        String fold = trial.has("fold") ? "-fold-" + trial.get("fold").asInt() : "";
        String set = trial.path("set").asText() + fold;
        String learner = trial.path("learner").asText();
        List<Look> looks = new ArrayList<>();
        for (JsonNode line :
                JSON.readTree(Path.of(trial.path("verdicts").asText()).toFile())) {
            looks.add(look(line));
        }
        Path file = Files.createDirectories(folder).resolve(set + "-" + learner + ".png");
        ImageIO.write(CloseLook.draw(set + ", learner " + learner, looks), "png", file.toFile());
    }

    private static Look look(JsonNode line) {
        Verdict verdict = new Verdict(
                Path.of(line.path("file").asText()),
                line.path("anomalous").asBoolean(),
                line.path("saidAnomalous").asBoolean(),
                line.path("confidence").asDouble());
        return new Look(verdict, path(line.path("heat")), path(line.path("mask")));
    }

    private static Optional<Path> path(JsonNode name) {
        return name.isTextual() ? Optional.of(Path.of(name.asText())) : Optional.empty();
    }
}
