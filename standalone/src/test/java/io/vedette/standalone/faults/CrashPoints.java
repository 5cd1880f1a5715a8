package io.vedette.standalone.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;

/** The named places at which a service is to die or to stand still: {@code CrashPoint} of the services, from outside. */
record CrashPoints(Path folder) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OFTEN = Duration.ofMillis(20);

    /** The option that has a service look into the folder. */
    String option() {
        return "-Dvedette.crash.folder=" + folder;
    }

    /** The service that comes to this place next, with something that has {@code text} in its name, dies there. */
    void arm(String place, String text) {
        write(place, text);
    }

    /** As {@link #arm}, but it stands still there until {@link #release}. */
    void hold(String place, String text) {
        write(place, "hold " + text);
    }

    /** As {@link #arm}, unless the place is armed, or was reached, already. */
    void armIfFree(String place, String text) {
        if (isFree(place)) {
            write(place, text);
        }
    }

    /** Nothing dies or stands still any more. */
    void clear() {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void awaitReached(String place) {
        await("to reach " + place).atMost(PATIENCE).pollInterval(OFTEN).until(() -> Files.exists(reached(place)));
    }

    /** After it was reached: forgets it, and lets go on what stands still there. */
    void release(String place) {
        try {
            Files.deleteIfExists(reached(place));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path reached(String place) {
        return folder.resolve(place + ".reached");
    }

    private boolean isFree(String place) {
        return Files.notExists(folder.resolve(place)) && Files.notExists(reached(place));
    }

    private void write(String place, String text) {
        // Rows run side by side, and a place is of one of them at a time.
        await(place + " to be free").atMost(PATIENCE).pollInterval(OFTEN).until(() -> isFree(place));
        try {
            Path draft = Files.writeString(folder.resolve(place + ".draft"), text);
            Files.move(draft, folder.resolve(place), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
