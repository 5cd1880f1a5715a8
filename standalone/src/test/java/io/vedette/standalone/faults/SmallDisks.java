package io.vedette.standalone.faults;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** File systems of a few hundred megabytes under the folders of a stack's parts, so that each can be filled by itself. */
final class SmallDisks implements AutoCloseable {
    private static final List<String> PARTS = List.of("postgres", "kafka", "scratch");

    private final Path home;
    private final List<Path> mounted = new ArrayList<>();

    private SmallDisks(Path home) {
        this.home = home;
    }

    /** What a stack gets. */
    interface Choice {
        SmallDisks of(Path home) throws IOException;
    }

    static SmallDisks none(Path home) {
        return new SmallDisks(home);
    }

    /** @throws TestAbortedException where file systems cannot be mounted: that takes root, on Linux */
    static SmallDisks under(Path home) throws IOException {
        SmallDisks disks = new SmallDisks(home);
        for (String part : PARTS) {
            Path folder = Files.createDirectories(home.resolve(part));
            if (!ran("mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", folder.toString())) {
                disks.close();
                throw new TestAbortedException(
                        "Only root can mount a small file system to be filled: row 37 was not run.");
            }
            disks.mounted.add(folder);
        }
        return disks;
    }

    /** Leaves nothing free under the part's folder. */
    void fill(String part) {
        byte[] block = new byte[1 << 16];
        try {
            for (int size = block.length; size > 0; size /= 2) { // the last bytes, too
                while (written(part, block, size)) {}
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private boolean written(String part, byte[] block, int size) throws IOException {
        try (OutputStream ballast = Files.newOutputStream(ballast(part), CREATE, APPEND)) {
            ballast.write(block, 0, size);
            return true;
        } catch (IOException full) {
            if (String.valueOf(full.getMessage()).contains("No space left")) {
                return false;
            }
            throw full;
        }
    }

    void free() {
        try {
            for (String part : PARTS) {
                Files.deleteIfExists(ballast(part));
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Path ballast(String part) {
        return home.resolve(part).resolve("ballast");
    }

    @Override
    public void close() throws IOException {
        for (Path folder : mounted) {
            if (!ran("umount", "--lazy", folder.toString())) {
                throw new IOException(folder + " cannot be unmounted");
            }
        }
        mounted.clear();
    }

    private static boolean ran(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
