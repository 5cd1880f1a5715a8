package io.vedette.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** A run's own directory for files; it is removed with all its content when it is closed. */
public final class Scratch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Scratch.class);
    private static final Pattern NAME = Pattern.compile("vedette-run-([0-9]+)-.*");

    private final Path directory;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /** A new directory within {@code parent}, which is made where it is missing. */
    public static Scratch open(Path parent) {
        try {
            Files.createDirectories(parent);
            return new Scratch(Files.createTempDirectory(
                    parent, "vedette-run-" + ProcessHandle.current().pid() + "-"));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write to the scratch directory " + parent, failure);
        }
    }

    /** Removes what killed workers left in {@code parent}; directories of living processes stay. */
    public static void sweep(Path parent) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> children = Files.list(parent)) {
            children.filter(Scratch::isLeftBehind).forEach(Scratch::remove);
        } catch (IOException failure) {
            LOG.warnf("could not sweep scratch=%s: %s", parent, failure.getMessage());
        }
    }

    private static boolean isLeftBehind(Path child) {
        Matcher name = NAME.matcher(child.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1)))
                        .filter(process ->
                                process.pid() != ProcessHandle.current().pid())
                        .isEmpty();
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        remove(directory);
    }

    private static void remove(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            LOG.warnf("could not remove scratch=%s: %s", directory, failure.getMessage());
        }
    }
}
