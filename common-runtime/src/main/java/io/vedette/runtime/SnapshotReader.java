package io.vedette.runtime;

import io.vedette.common.dataset.DatasetEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the entries that were frozen when a model was asked for, in their order. */
public final class SnapshotReader {
    private final ObjectStore store;
    private final Work<?> run;

    public SnapshotReader(ObjectStore store, Work<?> run) {
        this.store = store;
        this.run = run;
    }

    /** @param key of a snapshot in the service's own bucket */
    public List<DatasetEntry> read(String key) {
        return run.patiently(() -> entries(key));
    }

    private List<DatasetEntry> entries(String key) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(store.open(store.own(key), null), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank())
                    .map(DatasetEntry::parse)
                    .toList();
        } catch (IOException | UncheckedIOException cut) {
            throw new ObjectStoreException.Unavailable(key, cut);
        }
    }
}
