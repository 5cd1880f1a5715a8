package io.vedette.runtime;

import io.vedette.common.artifact.ArtifactContents;
import io.vedette.common.artifact.DefectColors;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.event.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** A training run's files, fetched and found to be what the run wrote. */
public record DownloadedArtifact(ArtifactContents contents, Path directory) {

    /**
     * @param key of {@code artifact.json} in the service's own bucket; the files lie beside it
     * @param sha256 of its bytes, hexadecimal; null where nobody knows
     */
    public record Address(String key, String sha256) {
        private String beside(String name) {
            return key.substring(0, key.lastIndexOf('/') + 1) + name;
        }
    }

    /** How patiently the store is asked, and who is told how far the fetching is. */
    public interface Steps {
        <T> T ask(Supplier<T> request);

        void at(long done, long total);

        /** Asks once, and tells nobody. */
        Steps PLAIN = new Steps() {
            @Override
            public <T> T ask(Supplier<T> request) {
                return request.get();
            }

            @Override
            public void at(long done, long total) {}
        };
    }

    /** What is stored is not what the trainer wrote: fetching it again would not help. */
    public static final class Damaged extends IOException {
        Damaged(String message) {
            super(message);
        }
    }

    /**
     * @throws Damaged if a file's size or checksum differs from the table of contents, or the table is another
     * @throws ObjectStoreException if a file is missing, or the store does not answer
     */
    public static DownloadedArtifact fetch(ObjectStore store, Address artifact, Path directory, Steps steps)
            throws IOException {
        byte[] table = steps.ask(() -> store.get(store.own(artifact.key())).bytes());
        if (artifact.sha256() != null && !artifact.sha256().equals(Digest.sha256(table))) {
            throw new Damaged(artifact.key() + " is not what the trainer announced");
        }
        ArtifactContents contents = EventJson.mapper().readValue(table, ArtifactContents.class);
        long done = 0;
        for (ArtifactContents.File file : contents.files()) {
            steps.at(done++, contents.files().size());
            fetch(store, artifact.beside(file.name()), file, directory, steps);
        }
        return new DownloadedArtifact(contents, directory);
    }

    /** The model's defects in its order, with their colours; none for a classification model. */
    public List<DefectClass> colors() throws IOException {
        Path file = directory.resolve(DefectColors.FILE);
        return Files.exists(file)
                ? EventJson.mapper()
                        .readValue(file.toFile(), DefectColors.class)
                        .defects()
                : List.of();
    }

    /** All files together, in bytes. */
    public long bytes() {
        return contents.files().stream().mapToLong(ArtifactContents.File::size).sum();
    }

    private static void fetch(ObjectStore store, String key, ArtifactContents.File file, Path directory, Steps steps)
            throws IOException {
        Path target = directory.resolve(file.name()).normalize();
        if (!target.startsWith(directory)) {
            throw new Damaged("not a name within the artifact: " + file.name());
        }
        Files.createDirectories(target.getParent());
        steps.ask(() -> download(store, key, target));
        if (Files.size(target) != file.size() || !Digest.sha256(target).equals(file.sha256())) {
            throw new Damaged(key + " is not what the trainer wrote");
        }
    }

    private static String download(ObjectStore store, String key, Path target) {
        try {
            // A download that was cut has left a part of the file.
            Files.deleteIfExists(target);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return store.download(store.own(key), target);
    }
}
