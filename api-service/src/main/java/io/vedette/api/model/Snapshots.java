package io.vedette.api.model;

import io.quarkus.logging.Log;
import io.vedette.api.dataset.Dataset;
import io.vedette.api.dataset.Datasets;
import io.vedette.api.dataset.Datasets.Labelled;
import io.vedette.common.DatasetType;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The entries that a model is made from, frozen in the service's own bucket: labelled ones only, one a line. */
@ApplicationScoped
class Snapshots {
    private final Datasets datasets;
    private final ObjectStore objects;

    Snapshots(Datasets datasets, ObjectStore objects) {
        this.datasets = datasets;
        this.objects = objects;
    }

    /** Writes what to train on and what to test on. Not to be called in a transaction. */
    void freeze(UUID modelId, TrainingSource source) {
        try (Draft train = new Draft();
                Draft test = new Draft()) {
            if (source.test().isPresent()) {
                labelled(source.train(), train::add);
                labelled(source.test().get(), test::add);
            } else {
                Set<String> images = Split.testImages(source.arn(), images(source.train()));
                labelled(source.train(), entry -> (images.contains(entry.image()) ? test : train).add(entry));
            }
            objects.putFile(objects.own(ArtifactLayout.snapshot(modelId, DatasetType.TRAIN)), train.written());
            objects.putFile(objects.own(ArtifactLayout.snapshot(modelId, DatasetType.TEST)), test.written());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes what {@link #freeze} wrote for a model that then was not made; what cannot be removed stays. */
    void discard(UUID modelId) {
        try {
            objects.deletePrefix(ArtifactLayout.model(modelId));
        } catch (ObjectStoreException unavailable) {
            Log.warnf("left snapshot=%s of no model: %s", modelId, unavailable.getMessage());
        }
    }

    private List<Split.Image> images(Dataset dataset) {
        List<Split.Image> images = new ArrayList<>();
        labelled(dataset, entry -> images.add(new Split.Image(entry.image(), entry.label())));
        return images;
    }

    private void labelled(Dataset dataset, Consumer<Labelled> consumer) {
        datasets.labelled(dataset.datasetId(), dataset.revision(), consumer);
    }

    /** A file that is gone when this is closed. */
    private static final class Draft implements Closeable {
        private final Path file = Files.createTempFile("snapshot-", ".jsonl");
        private final BufferedWriter lines = Files.newBufferedWriter(file);

        Draft() throws IOException {}

        void add(Labelled entry) {
            try {
                lines.write(entry.line());
                lines.write('\n');
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** The file with all that was added; nothing can be added any more. */
        Path written() throws IOException {
            lines.close();
            return file;
        }

        @Override
        public void close() throws IOException {
            lines.close();
            Files.delete(file);
        }
    }
}
