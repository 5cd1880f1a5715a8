package io.vedette.standalone.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/** Services whose processes are told a time of day that is off, whoever they ask: by a library between them and the system. */
final class WrongClocks {
    static final Duration OFF = Duration.ofMinutes(10);
    private static final Path SOURCE = Path.of("src", "test", "resources", "clock", "clock-off.c");

    private WrongClocks() {}

    /**
     * Settings of a stack whose api is ahead, and whose trainer is behind.
     *
     * @throws TestAbortedException where there is no C compiler, or another system than Linux
     */
    static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("LD_PRELOAD", library().toString());
        all.put("VEDETTE_API_JVM", "-Dclock.off=" + OFF.toSeconds());
        all.put("VEDETTE_TRAINER_JVM", "-Dclock.off=" + OFF.negated().toSeconds());
        return all;
    }

    private static Path library() {
        Path library = Path.of("target", "clock-off.so").toAbsolutePath();
        try {
            Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString())
                    .inheritIO()
                    .start();
            if (Files.notExists(Path.of("/proc/self/cmdline")) || compiler.waitFor() != 0) {
                throw new TestAbortedException("Clocks can be put wrong on Linux only: part of row 34 was not run.");
            }
            return library;
        } catch (IOException missing) {
            throw new TestAbortedException(
                    "Without a C compiler (cc) no clock is put wrong: part of row 34 was not run.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(stopped));
        }
    }
}
