package io.vedette.standalone;

import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.RunningStack.PartState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The most memory that each part of a stack held since a moment, and the most that lay in its scratch folder, in bytes. Memory
 * is {@code Pss} of {@code /proc/PID/smaps_rollup} (proc(5)): what several processes share counts once; a training's process
 * counts by itself.
 */
final class Footprint implements AutoCloseable {
    static final String TRAINING = "its training";
    private static final long EVERY_MILLIS = 300;

    private final Map<String, Long> most = new ConcurrentHashMap<>();
    private final Map<String, ProcessHandle> parts = new TreeMap<>();
    private final Path scratch;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /** @param scratch where workers keep the files of what they are at */
    Footprint(RunningStack stack, Path scratch) {
        this.scratch = scratch;
        for (PartState part : stack.parts()) {
            part.pid().flatMap(ProcessHandle::of).ifPresent(process -> parts.put(part.name(), process));
        }
        timer.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        parts.forEach((name, process) -> {
            long children = process.descendants().mapToLong(Footprint::pss).sum();
            if (name.equals("trainer")) {
                note(name, pss(process));
                note(TRAINING, children);
            } else {
                note(name, pss(process) + children);
            }
        });
        note("scratch", size(scratch));
    }

    private void note(String name, long bytes) {
        most.merge(name, bytes, Math::max);
    }

    private static long pss(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    /** Of all files below; a file that goes meanwhile does not count. */
    static long size(Path folder) {
        if (Files.notExists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> Files.isRegularFile(file) ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException changing) {
            return 0;
        }
    }

    /** So far. */
    Map<String, Long> most() {
        return new TreeMap<>(most);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
