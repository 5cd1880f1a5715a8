package io.vedette.api.dataset;

import io.vedette.api.project.DatasetMetadata;
import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import io.vedette.common.ProjectName;
import java.time.Instant;
import java.util.List;

/** What a data set looks like on the wire (specification §1.4). */
final class DatasetAnswers {
    private DatasetAnswers() {}

    record CreateDatasetResponse(DatasetMetadata datasetMetadata) {
        static CreateDatasetResponse of(Dataset dataset) {
            return new CreateDatasetResponse(new DatasetMetadata(
                    dataset.type(), dataset.createdAt(), dataset.status(), dataset.statusMessage()));
        }
    }

    record DescribeDatasetResponse(DatasetDescription datasetDescription) {
        static DescribeDatasetResponse of(ProjectName project, Dataset dataset) {
            return new DescribeDatasetResponse(new DatasetDescription(
                    project,
                    dataset.type(),
                    dataset.createdAt(),
                    dataset.updatedAt(),
                    dataset.status(),
                    dataset.statusMessage(),
                    ImageStats.of(dataset.images())));
        }
    }

    record DatasetDescription(
            ProjectName projectName,
            DatasetType datasetType,
            Instant creationTimestamp,
            Instant lastUpdatedTimestamp,
            DatasetStatus status,
            String statusMessage,
            ImageStats imageStats) {}

    record ImageStats(int total, int labeled, int normal, int anomaly) {
        static ImageStats of(Dataset.ImageStats images) {
            return new ImageStats(images.total(), images.labeled(), images.normal(), images.anomaly());
        }
    }

    /** @param nextToken null on the last page */
    record ListDatasetEntriesResponse(List<String> datasetEntries, String nextToken) {}

    record UpdateDatasetEntriesResponse(DatasetStatus status) {}
}
