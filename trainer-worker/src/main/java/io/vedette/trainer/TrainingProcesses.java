package io.vedette.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.common.event.WorkEvent.TrainRequested;
import io.vedette.runtime.ObjectStoreException;
import io.vedette.runtime.Run;
import io.vedette.runtime.Scratch;
import io.vedette.runtime.UsersMistake;
import io.vedette.runtime.WorkFailure;
import io.vedette.runtime.WorkerSettings;
import io.vedette.trainer.TrainingMessage.Order;
import io.vedette.trainer.TrainingMessage.Progress;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Trains each model in a process of its own ({@link TrainingProcess}), which has the options of this one's JVM. */
@Singleton
final class TrainingProcesses {
    private static final Logger LOG = Logger.getLogger(TrainingProcesses.class);
    private static final String RUNNER = "quarkus-run.jar";
    private static final long GLANCE_MILLIS = 200;
    /** As Quarkus writes them. */
    private static final String LOG_LINE = "%1$tF %1$tT,%1$tL %4$-5s [%3$s] (training) %5$s%6$s%n";

    private final WorkerSettings settings;
    private final String version;

    TrainingProcesses(WorkerSettings settings, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.settings = settings;
        this.version = version;
    }

    /**
     * Waits for the model.
     *
     * @throws UsersMistake if the user has to mend something
     * @throws WorkFailure if the process ended without a result, saying how
     * @throws io.vedette.runtime.RunStopped if the run is to stop: then the process has ended
     */
    ModelTrained train(Run<TrainRequested> run) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(TrainingProcess.class))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            order(
                    process,
                    new Order(
                            run.id(), run.request(), version, run.traceparent().orElse(null)));
            TrainingMessage last = follow(process, run);
            if (last == null) {
                throw new WorkFailure(epitaph(toldToEnd(process.waitFor(), run)));
            }
            return result(last);
        } finally {
            process.destroyForcibly().waitFor();
            Scratch.sweep(settings.worker().scratch());
        }
    }

    /**
     * In a process of its own too: PyTorch takes memory of a GPU for as long as its process lives.
     *
     * @return false if this worker could train nothing; why is in the log
     */
    boolean deviceIsThere() throws IOException, InterruptedException {
        return new ProcessBuilder(command(DeviceCheck.class))
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }

    /** The command of this process, with another class to begin with. */
    private static List<String> command(Class<?> main) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(TrainingProcesses::isForBoth)
                .forEach(command::add);
        command.add("-Djava.util.logging.SimpleFormatter.format=" + LOG_LINE);
        command.add("-Dslf4j.internal.verbosity=ERROR"); // that nobody listens to SLF4J in there is no news
        command.addAll(List.of("-cp", classpath(System.getProperty("java.class.path"))));
        command.add(main.getName());
        return command;
    }

    /** What opens a port for this process alone would keep the other from starting. */
    private static boolean isForBoth(String option) {
        boolean opensPort = option.contains("jdwp") || option.startsWith("-Dcom.sun.management");
        return (option.startsWith("-X") || option.startsWith("-D")) && !opensPort;
    }

    /** Where this is a packaged service, what lies beside its runner, but for the log manager, which Quarkus sets up. */
    private static String classpath(String own) throws IOException {
        if (!own.endsWith(RUNNER)) {
            return own;
        }
        Path folder = Path.of(own).toAbsolutePath().getParent();
        List<String> jars = new ArrayList<>();
        for (String part : List.of("app", "lib/main", "lib/boot")) {
            try (Stream<Path> files = Files.list(folder.resolve(part))) {
                files.map(Path::toString)
                        .filter(file -> file.endsWith(".jar") && !file.contains("jboss-logmanager"))
                        .sorted()
                        .forEach(jars::add);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void order(Process process, Order order) throws IOException {
        // left open: the process ends when this end of it does
        process.getOutputStream()
                .write((EventJson.mapper().writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Passes on what the process says of its progress. @return its last word, or null if it ended without one */
    private static TrainingMessage follow(Process process, Run<?> run) throws IOException, InterruptedException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(process, lines), "training-process");
        reader.setDaemon(true);
        reader.start();
        while (true) {
            run.checkStop();
            String line = lines.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            if (line != null) {
                TrainingMessage message = parse(line);
                if (message == null || message.isEnd()) {
                    return message;
                }
                Progress progress = message.progress();
                run.progress(progress.phase(), progress.done(), progress.total());
            } else if (!reader.isAlive() && lines.isEmpty()) {
                return null;
            }
        }
    }

    /** @return null for a line that was cut: the process has ended in the middle of it, and its exit says how */
    private static TrainingMessage parse(String line) {
        try {
            return EventJson.mapper().readValue(line, TrainingMessage.class);
        } catch (JsonProcessingException cut) {
            return null;
        }
    }

    private static void read(Process process, BlockingQueue<String> lines) {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            said.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException cut) {
            LOG.debug("the training process has ended", cut);
        }
    }

    /** A signal to end that went to the whole group comes here too, a little later: then the work is handed back. */
    private static int toldToEnd(int exit, Run<?> run) throws InterruptedException {
        for (int i = 0; i < 25 && (exit == 128 + 15 || exit == 128 + 2); i++) {
            run.checkStop();
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        }
        return exit;
    }

    private static ModelTrained result(TrainingMessage last) {
        if (last.mistake() != null) {
            throw new UsersMistake(last.mistake());
        }
        if (last.unavailable() != null) {
            throw new ObjectStoreException.Unavailable("a training", null);
        }
        if (last.fault() != null) {
            throw new WorkFailure(last.fault());
        }
        return last.trained();
    }

    /** @param exit above 128 it is a signal's number and 128 */
    static String epitaph(int exit) {
        return switch (exit) {
            case 137 -> "The training process was killed (SIGKILL): most likely the machine ran out of memory.";
            case 139 -> "The training process crashed in native code (SIGSEGV).";
            case 134 -> "The training process crashed in native code (SIGABRT).";
            case 3 -> "The training process ran out of Java memory.";
            default -> "The training process ended without a result (exit code " + exit + ").";
        };
    }
}
