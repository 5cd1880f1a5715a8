package io.vedette.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What this service's process, and the processes that it has started, hold of the machine's memory: Java's heap and all
 * that PyTorch takes beside it. NaN where the kernel has no {@code /proc}.
 */
@Singleton
final class ResidentMemory {
    private final MeterRegistry meters;

    ResidentMemory(MeterRegistry meters) {
        this.meters = meters;
    }

    void start(@Observes StartupEvent started) {
        gauge("service", self -> bytes(self.pid()));
        gauge("children", self -> sum(self.descendants()));
    }

    private void gauge(String process, ToDoubleFunction<ProcessHandle> bytes) {
        Gauge.builder("vedette.memory.resident", ProcessHandle.current(), bytes)
                .description("Resident memory of the service's process and of the processes that it has started")
                .baseUnit("bytes")
                .tag("process", process)
                .strongReference(true)
                .register(meters);
    }

    private static double sum(Stream<ProcessHandle> processes) {
        return processes
                .mapToDouble(process -> bytes(process.pid()))
                .filter(Double::isFinite)
                .sum();
    }

    /** proc(5): {@code VmRSS} of {@code /proc/PID/status}, in kB. */
    static double bytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> 1024.0 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException | java.io.UncheckedIOException gone) {
            return Double.NaN;
        }
    }
}
