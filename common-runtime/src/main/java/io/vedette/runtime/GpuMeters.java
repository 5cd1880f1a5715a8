package io.vedette.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Memory and load of the GPUs that this service sees, as {@code nvidia-smi} tells them; there are no such meters where that
 * program is not there or the service works on the CPU. Another program, because a context of CUDA's own in this process
 * would take some of the memory that it is to measure.
 */
@Singleton
final class GpuMeters {
    private static final Logger LOG = Logger.getLogger(GpuMeters.class);
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PROGRAM = "nvidia-smi";

    private final MeterRegistry meters;
    private final ScoringSettings settings;
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private ScheduledExecutorService timer;

    GpuMeters(MeterRegistry meters, ScoringSettings settings) {
        this.meters = meters;
        this.settings = settings;
    }

    /** @param used bytes @param total bytes @param load 0 to 1; NaN where the card does not tell */
    record Reading(String gpu, double used, double total, double load) {
        /** One line of {@code --format=csv,noheader,nounits}: index, MiB used, MiB in all, percent. */
        static Reading of(String line) {
            String[] fields = line.split(",");
            return new Reading(
                    fields[0].strip(),
                    number(fields[1]) * 1024 * 1024,
                    number(fields[2]) * 1024 * 1024,
                    number(fields[3]) / 100);
        }

        private static double number(String field) {
            try {
                return Double.parseDouble(field.strip());
            } catch (NumberFormatException notTold) {
                return Double.NaN;
            }
        }
    }

    void start(@Observes StartupEvent started) {
        Optional<Path> program = program();
        if (settings.device().equals("cpu") || program.isEmpty()) {
            return;
        }
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "gpu-meters");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> look(program.get()), 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    private void look(Path program) {
        try {
            for (String line : ask(program)) {
                Reading reading = Reading.of(line);
                if (readings.put(reading.gpu(), reading) == null) {
                    register(reading.gpu());
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            LOG.debugf(unreadable, "could not read %s", PROGRAM);
            readings.replaceAll((gpu, old) -> new Reading(gpu, Double.NaN, old.total(), Double.NaN));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> ask(Path program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--query-gpu=index,memory.used,memory.total,utilization.gpu",
                        "--format=csv,noheader,nounits")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(PROGRAM + " gave no answer");
            }
            return said.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private void register(String gpu) {
        gauge("vedette.gpu.memory.used", "bytes", gpu, Reading::used);
        gauge("vedette.gpu.memory.total", "bytes", gpu, Reading::total);
        gauge("vedette.gpu.load", "ratio", gpu, Reading::load);
    }

    private void gauge(String name, String unit, String gpu, ToDoubleFunction<Reading> value) {
        Gauge.builder(name, readings, all -> value.applyAsDouble(all.get(gpu)))
                .baseUnit(unit)
                .tag("gpu", gpu)
                .register(meters);
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
