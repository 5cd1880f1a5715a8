package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of the learning code: with the trainer's libraries, its memory and its environment, but no service around it. */
public final class LearningProcess {
    private LearningProcess() {}

    /**
     * Not started yet.
     *
     * @param software the project's root
     * @throws StackFailure if the trainer was not built
     */
    public static ProcessBuilder of(Path software, Home home, String mainClass, String... arguments) {
        Path libraries = software.resolve(Service.TRAINER.module()).resolve("target/quarkus-app/lib/main");
        if (Files.notExists(libraries)) {
            throw new StackFailure(libraries + " is missing; build it with: mvn package -DskipTests");
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true"));
        words.addAll(Service.TRAINER.memory());
        words.addAll(List.of("-Dai.djl.offline=true", "-cp", libraries + "/*", mainClass));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words);
        addEnvironment(builder.environment(), home);
        return builder;
    }

    /**
     * What PyTorch needs: two of its threads that spin against another process are ten times slower than one, and a GPU
     * that rounds to TF32 gives other scores than a CPU, no sooner (docs/benchmarks.md).
     */
    static void addEnvironment(Map<String, String> environment, Home home) {
        environment.putIfAbsent("DJL_CACHE_DIR", home.data("djl").toString());
        environment.putIfAbsent("OPT_OUT_TRACKING", "true");
        environment.putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
        environment.putIfAbsent("GOMP_SPINCOUNT", "0");
        environment.putIfAbsent("NVIDIA_TF32_OVERRIDE", "0");
        environment.putIfAbsent(
                "OMP_NUM_THREADS", Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    /** Makes the home's folders, for a program that needs no stack. @throws StackFailure if they cannot be written */
    public static Path scratch(Home home) throws IOException {
        home.create();
        return Files.createDirectories(home.data("scratch").resolve("bench"));
    }
}
