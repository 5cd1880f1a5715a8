package io.vedette.standalone.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.LearningProcess;
import io.vedette.standalone.stack.LogTail;
import io.vedette.standalone.stack.StackFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the learning code's bench in a process of its own, which ends with this one. */
public final class BenchRun {
    /** By its name: the launcher must not see the learning code. */
    static final String MAIN = "io.vedette.anomaly.bench.Bench";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CANNOT_BE_FOLLOWED = 2;

    private final Path software;
    private final Home home;
    private final Consumer<String> progress;
    private final Consumer<JsonNode> trial;

    /**
     * @param software the project's root
     * @param progress told where things stand, at every step
     * @param trial told of each trial when it is done
     */
    public BenchRun(Path software, Home home, Consumer<String> progress, Consumer<JsonNode> trial) {
        this.software = software;
        this.home = home;
        this.progress = progress;
        this.trial = trial;
    }

    /**
     * @param output a folder for what each test image got
     * @return the trials
     * @throws StackFailure if it fails, or there is no such learner or backbone
     */
    public List<JsonNode> run(BenchPlan plan, Path output) throws IOException, InterruptedException {
        Path scratch = LearningProcess.scratch(home);
        Path file = scratch.resolve("plan.json");
        JSON.writeValue(file.toFile(), plan.toJson(output, scratch));
        Path log = home.log("bench");
        Files.deleteIfExists(log);
        Process process = LearningProcess.of(software, home, MAIN, file.toString())
                .redirectError(log.toFile())
                .start();
        Thread end = new Thread(process::destroy, "end-bench");
        Runtime.getRuntime().addShutdownHook(end);
        List<JsonNode> trials = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line, trials);
            }
        } finally {
            process.destroy(); // it has ended unless reading failed
        }
        int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(end);
        if (code == CANNOT_BE_FOLLOWED) {
            throw new StackFailure(LogTail.of(log, 1));
        }
        if (code != 0) {
            throw new StackFailure(
                    "The bench ended with code " + code + "; the end of " + log + ":\n" + LogTail.of(log, 25));
        }
        return trials;
    }

    /** What libraries print of their own is passed over. */
    private void take(String line, List<JsonNode> trials) {
        try {
            JsonNode said = JSON.readTree(line);
            if (said.has("progress")) {
                progress.accept(said.get("progress").asText());
            } else if (said.has("trial")) {
                trials.add(said.get("trial"));
                trial.accept(said.get("trial"));
            }
        } catch (JsonProcessingException notOurs) {
            progress.accept("");
        }
    }
}
