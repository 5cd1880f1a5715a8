package io.vedette.api.dataset;

import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A data set as it stood when it was read.
 *
 * @param revision what its readers see; every import that succeeds gives it the next
 * @param bucket where all its images and masks are; empty while it has none
 */
public record Dataset(
        UUID datasetId,
        UUID projectId,
        DatasetType type,
        DatasetStatus status,
        String statusMessage,
        Instant createdAt,
        Instant updatedAt,
        long revision,
        Optional<String> bucket,
        ImageStats images) {

    /** How many images it has, and how many of them are labelled as what. */
    public record ImageStats(int total, int normal, int anomaly) {
        static final ImageStats NONE = new ImageStats(0, 0, 0);

        public int labeled() {
            return normal + anomaly;
        }
    }

    /** The most images a data set of this type may have. */
    static int limit(DatasetType type) {
        return type == DatasetType.TRAIN ? 16_000 : 4_000;
    }

    /** The sentence that a caller is told for a status; of a failure, the one that comes before the reason. */
    static String sentence(DatasetStatus status) {
        return switch (status) {
            case CREATE_IN_PROGRESS -> "The dataset is creating.";
            case CREATE_COMPLETE -> "The dataset was created successfully.";
            case CREATE_FAILED -> "The dataset could not be created.";
            case UPDATE_IN_PROGRESS -> "The dataset is updating.";
            case UPDATE_COMPLETE -> "The dataset was updated successfully.";
            case UPDATE_FAILED_ROLLBACK_IN_PROGRESS -> "The update failed and is being rolled back.";
            case UPDATE_FAILED_ROLLBACK_COMPLETE -> "The update failed and was rolled back.";
            case DELETE_IN_PROGRESS -> "The dataset is deleting.";
            case DELETE_COMPLETE -> "The dataset was deleted.";
            case DELETE_FAILED -> "The dataset could not be deleted.";
        };
    }
}
