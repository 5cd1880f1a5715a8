package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process beyond the life of the launcher: its id, when it started, and where it listens. The start time tells it from a
 * later process that was given the same id.
 */
final class PidFile {
    private static final Duration CLOCK_STEPS = Duration.ofSeconds(2);
    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    static PidFile of(Home home, String part) {
        return new PidFile(home.run().resolve(part + ".pid"));
    }

    void write(ProcessHandle process, String address) throws IOException {
        long startedAt =
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        Files.writeString(file, process.pid() + " " + startedAt + " " + address + "\n");
    }

    /** The process, if it is the one that was written and still lives. */
    Optional<ProcessHandle> process() {
        return words().flatMap(words -> ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedAt(process, Instant.ofEpochMilli(Long.parseLong(words[1])))));
    }

    Optional<String> address() {
        return words().map(words -> words[2]);
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // a stale file is harmless: the start time in it fits no process
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant expected) {
        return process.info()
                .startInstant()
                .map(actual -> Duration.between(expected, actual).abs().compareTo(CLOCK_STEPS) < 0)
                .orElse(false);
    }

    private Optional<String[]> words() {
        try {
            String[] words = Files.readString(file).strip().split(" ", 3);
            return words.length == 3 && words[0].matches("\\d{1,18}") && words[1].matches("\\d{1,18}")
                    ? Optional.of(words)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
