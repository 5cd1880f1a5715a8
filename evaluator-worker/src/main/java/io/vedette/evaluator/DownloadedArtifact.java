package io.vedette.evaluator;

import io.vedette.common.artifact.ArtifactContents;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.artifact.DefectColors;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.runtime.Digest;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A training run's files, fetched and found to be what the run wrote. */
record DownloadedArtifact(ArtifactContents contents, Path directory) {

    /** @throws IOException if a file's size or checksum differs from the table of contents */
    static DownloadedArtifact fetch(Run<ModelTrained> run, ObjectStore store, Path directory) throws IOException {
        ModelTrained request = run.request();
        byte[] table =
                run.patiently(() -> store.get(store.own(request.artifact())).bytes());
        String expected = request.artifactSha256();
        if (expected != null && !expected.equals(Digest.sha256(table))) {
            throw new IOException(request.artifact() + " is not what the trainer announced");
        }
        ArtifactContents contents = EventJson.mapper().readValue(table, ArtifactContents.class);
        String prefix = ArtifactLayout.run(request.modelId(), request.trainingRunId());
        long done = 0;
        for (ArtifactContents.File file : contents.files()) {
            run.progress("fetching the model", done++, contents.files().size());
            fetch(run, store, prefix, file, directory);
        }
        return new DownloadedArtifact(contents, directory);
    }

    /** The model's defects in its order, with their colours; none for a classification model. */
    List<DefectClass> colors() throws IOException {
        Path file = directory.resolve(DefectColors.FILE);
        return Files.exists(file)
                ? EventJson.mapper()
                        .readValue(file.toFile(), DefectColors.class)
                        .defects()
                : List.of();
    }

    private static void fetch(Run<?> run, ObjectStore store, String prefix, ArtifactContents.File file, Path directory)
            throws IOException {
        Path target = directory.resolve(file.name()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("not a name within the artifact: " + file.name());
        }
        Files.createDirectories(target.getParent());
        run.patiently(() -> download(store, prefix + file.name(), target));
        if (Files.size(target) != file.size() || !Digest.sha256(target).equals(file.sha256())) {
            throw new IOException(prefix + file.name() + " is not what the trainer wrote");
        }
    }

    private static String download(ObjectStore store, String key, Path target) {
        try {
            // A download that was cut has left a part of the file.
            Files.deleteIfExists(target);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
        return store.download(store.own(key), target);
    }
}
