package io.vedette.api.model;

import io.quarkus.logging.Log;
import io.vedette.api.dataset.Dataset;
import io.vedette.api.dataset.Datasets;
import io.vedette.common.DatasetType;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
        if (source.test().isPresent()) {
            write(modelId, DatasetType.TRAIN, source.train(), entry -> true);
            write(modelId, DatasetType.TEST, source.test().get(), entry -> true);
        } else {
            Set<String> test = Split.testImages(source.arn(), images(source.train()));
            write(modelId, DatasetType.TRAIN, source.train(), entry -> !test.contains(address(entry)));
            write(modelId, DatasetType.TEST, source.train(), entry -> test.contains(address(entry)));
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
        labelled(
                dataset,
                entry ->
                        images.add(new Split.Image(address(entry), entry.label().orElseThrow())));
        return images;
    }

    private void write(UUID modelId, DatasetType type, Dataset dataset, Predicate<DatasetEntry> wanted) {
        try {
            Path file = Files.createTempFile("snapshot-", ".jsonl");
            try {
                try (BufferedWriter lines = Files.newBufferedWriter(file)) {
                    labelled(dataset, entry -> {
                        if (wanted.test(entry)) {
                            append(lines, entry.line());
                        }
                    });
                }
                objects.putFile(objects.own(ArtifactLayout.snapshot(modelId, type)), file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void labelled(Dataset dataset, Consumer<DatasetEntry> consumer) {
        datasets.entries(dataset.datasetId(), dataset.revision(), entry -> {
            if (entry.label().isPresent()) {
                consumer.accept(entry);
            }
        });
    }

    private static String address(DatasetEntry entry) {
        return entry.sourceRef().toString();
    }

    private static void append(BufferedWriter lines, String line) {
        try {
            lines.write(line);
            lines.write('\n');
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
