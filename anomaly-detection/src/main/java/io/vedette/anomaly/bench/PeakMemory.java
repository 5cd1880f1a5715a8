package io.vedette.anomaly.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most memory that this process held since it was last asked to forget, heap and native, as Linux counts it. */
final class PeakMemory {
    private static final Path FORGET = Path.of("/proc/self/clear_refs");
    private static final Path STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    /** Where the system does not allow it the peak stays the one since the start. */
    static void forget() {
        try {
            Files.writeString(FORGET, "5");
        } catch (IOException notAllowed) {
            // The figure is then too high rather than wrong: later trials cannot show less than earlier ones.
        }
    }

    /** In MB; empty where the system does not say. */
    static OptionalLong megabytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst();
        } catch (IOException elsewhere) {
            return OptionalLong.empty();
        }
    }
}
