package io.vedette.api.dataset;

import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import java.time.Instant;

/** What the answer to CreateDataset, and a project's description, tell of a data set. */
public record DatasetMetadata(
        DatasetType datasetType, Instant creationTimestamp, DatasetStatus status, String statusMessage) {

    public static DatasetMetadata of(Dataset dataset) {
        return new DatasetMetadata(dataset.type(), dataset.createdAt(), dataset.status(), dataset.statusMessage());
    }
}
