package io.vedette.api.project;

import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import java.time.Instant;

/** What a project's description, and the answer to CreateDataset, tell of a data set. */
public record DatasetMetadata(
        DatasetType datasetType, Instant creationTimestamp, DatasetStatus status, String statusMessage) {}
