package io.vedette.common.event;

import io.vedette.common.BatchStatus;
import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.ProjectName;
import io.vedette.common.S3Uri;
import java.util.UUID;

/** What the world is told: every transition of a project, data set, model or batch. The key is the resource's ARN. */
public sealed interface LifecycleEvent extends Event {
    record ProjectCreated(String projectArn, ProjectName projectName) implements LifecycleEvent {}

    /** The project is gone; its name may be used again. */
    record ProjectDeleted(String projectArn, ProjectName projectName) implements LifecycleEvent {}

    /** @param previousStatus null where the data set has just come to be */
    record DatasetStatusChanged(
            String projectArn,
            ProjectName projectName,
            DatasetType datasetType,
            DatasetStatus previousStatus,
            DatasetStatus status,
            String statusMessage)
            implements LifecycleEvent {}

    /**
     * @param previousStatus null where the model has just come to be
     * @param performance null unless the model is trained
     */
    record ModelStatusChanged(
            UUID modelId,
            ModelArn modelArn,
            ModelStatus previousStatus,
            ModelStatus status,
            String statusMessage,
            Performance performance)
            implements LifecycleEvent {}

    /** The model and all that the service kept of it is gone. */
    record ModelDeleted(UUID modelId, ModelArn modelArn) implements LifecycleEvent {}

    /**
     * The key is the model's ARN.
     *
     * @param previousStatus null where the batch has just come to be
     * @param done images that were looked at, 0 to {@code total}
     * @param failed how many of those could not be used
     * @param results where the results are; null unless the batch is complete, as {@code summary}
     */
    record BatchDetectionStatusChanged(
            UUID batchId,
            UUID modelId,
            ModelArn modelArn,
            BatchStatus previousStatus,
            BatchStatus status,
            String statusMessage,
            long total,
            long done,
            long failed,
            S3Uri results,
            S3Uri summary)
            implements LifecycleEvent {}

    /** Precision, recall and F1 at the model's threshold on the test images, each 0 to 1. */
    record Performance(double f1Score, double precision, double recall) {}
}
