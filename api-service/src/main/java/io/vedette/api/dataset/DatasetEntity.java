package io.vedette.api.dataset;

import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A row of {@code dataset}; it leaves this package only as a {@link Dataset}. */
@Entity(name = "Dataset")
@Table(name = "dataset")
class DatasetEntity {
    @Id
    @Column(name = "dataset_id")
    UUID datasetId;

    @Column(name = "project_id")
    UUID projectId;

    /** As on the wire. */
    String type;

    @Enumerated(EnumType.STRING)
    DatasetStatus status;

    @Column(name = "status_message")
    String statusMessage;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    long revision;
    String bucket;
    int total;
    int normal;
    int anomaly;

    Dataset state() {
        return new Dataset(
                datasetId,
                projectId,
                DatasetType.parse(type),
                status,
                statusMessage,
                createdAt,
                updatedAt,
                revision,
                Optional.ofNullable(bucket),
                new Dataset.ImageStats(total, normal, anomaly));
    }
}
