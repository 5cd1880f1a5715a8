package io.vedette.standalone.stack;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The folder that holds all a stack keeps: data, logs, credentials, pid files. */
public record Home(Path directory) {
    private static final long LEAST_FREE_BYTES = 512L << 20;

    public Home {
        directory = directory.toAbsolutePath().normalize();
    }

    /** {@code VEDETTE_HOME}, or {@code .vedette} in the current folder. */
    public static Home fromEnvironment(Map<String, String> environment) {
        return new Home(Path.of(environment.getOrDefault("VEDETTE_HOME", ".vedette")));
    }

    Path data(String part) {
        return directory.resolve(part);
    }

    public Path logs() {
        return directory.resolve("logs");
    }

    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path run() {
        return directory.resolve("run");
    }

    public Path credentialsFile() {
        return directory.resolve("credentials");
    }

    /** Seals the secrets in the database: to be kept with a backup of it, but not beside it. */
    Path secretsKeyFile() {
        return directory.resolve("secrets-key");
    }

    public Path environmentFile() {
        return directory.resolve("env");
    }

    /** Makes the folders; the home is its owner's alone. @throws StackFailure if it cannot be written, or the disk is full */
    void create() {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(logs());
            Files.createDirectories(run());
        } catch (IOException e) {
            throw new StackFailure("The home folder " + directory + " cannot be written (" + e.getMessage() + ").", e);
        }
        checkDisk();
    }

    private void checkDisk() {
        try {
            FileStore store = Files.getFileStore(directory);
            if (store.getUsableSpace() < LEAST_FREE_BYTES) {
                throw new StackFailure("The disk of " + directory + " is full: " + (store.getUsableSpace() >> 20)
                        + " MB are free, and Vedette needs " + (LEAST_FREE_BYTES >> 20) + " MB to start.");
            }
        } catch (IOException e) {
            throw new StackFailure("The disk of " + directory + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    /** Writes a file only its owner can read, whole or not at all. */
    static void writeSecret(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
