package io.vedette.trainer;

import io.vedette.common.artifact.ArtifactContents;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.common.event.WorkEvent.TrainRequested;
import io.vedette.runtime.CrashPoint;
import io.vedette.runtime.Digest;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Stores a training's files under its run's own prefix. */
final class ArtifactWriter {
    private static final int SCHEMA = 1;

    private final ObjectStore store;
    private final String version;

    /** @param version of this program */
    ArtifactWriter(ObjectStore store, String version) {
        this.store = store;
        this.version = version;
    }

    /** Stores every file below {@code directory}, and {@code artifact.json} last. */
    ModelTrained store(Work<TrainRequested> run, Path directory, int trainingImages) throws IOException {
        TrainRequested request = run.request();
        String prefix = ArtifactLayout.run(request.modelId(), run.id());
        List<ArtifactContents.File> stored = new ArrayList<>();
        List<Path> files = files(directory);
        for (Path file : files) {
            run.progress("storing the model", stored.size(), files.size() + 1L);
            String name = directory.relativize(file).toString();
            stored.add(new ArtifactContents.File(name, Files.size(file), Digest.sha256(file)));
            run.patiently(() -> store.putFile(store.own(prefix + name), file));
            CrashPoint.pass("training.uploading", request.modelArn());
        }
        run.progress("storing the model", files.size(), files.size() + 1L);
        byte[] contents = EventJson.mapper()
                .writeValueAsBytes(new ArtifactContents(
                        SCHEMA,
                        request.modelId(),
                        request.modelArn(),
                        run.id(),
                        request.attempt(),
                        trainingImages,
                        version,
                        stored));
        String key = ArtifactLayout.artifact(request.modelId(), run.id());
        // INVARIANT: last; an artifact without it is not complete and is never used.
        run.patiently(() -> store.put(store.own(key), contents));
        return new ModelTrained(
                request.modelId(), request.modelArn(), 1, run.id(), key, Digest.sha256(contents), trainingImages);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
