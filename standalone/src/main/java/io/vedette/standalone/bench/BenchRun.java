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

/** Runs the learning code's bench in a process of its own, which ends with this one. */
public final class BenchRun {
    /** By its name: the launcher must not see the learning code. */
    static final String MAIN = "io.vedette.anomaly.bench.Bench";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CANNOT_BE_FOLLOWED = 2;

    private final Path software;
    private final Home home;
    private final Listener listener;

    /** Whoever waits for the figures. */
    public interface Listener {
        /** Where things stand, at every step. */
        void at(String text);

        /** What a trial gave, as soon as it is done. */
        void done(JsonNode trial) throws IOException;
    }

    /** @param software the project's root */
    public BenchRun(Path software, Home home, Listener listener) {
        this.software = software;
        this.home = home;
        this.listener = listener;
    }

    /**
     * @param output a folder for what each test image got
     * @throws StackFailure if it fails, or there is no such learner or backbone
     */
    public void run(BenchPlan plan, Path output) throws IOException, InterruptedException {
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
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
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
    }

    /** What libraries print of their own is passed over. */
    private void take(String line) throws IOException {
        JsonNode said;
        try {
            said = JSON.readTree(line);
        } catch (JsonProcessingException notOurs) {
            return;
        }
        if (said.has("progress")) {
            listener.at(said.get("progress").asText());
        } else if (said.has("trial")) {
            listener.done(said.get("trial"));
        }
    }
}
