package io.vedette.api.model;

import io.vedette.api.dataset.Dataset;
import io.vedette.common.ModelArn;
import java.util.Optional;
import java.util.UUID;

/**
 * What a model would be made from, as it stood when it was read.
 *
 * @param arn what the model will be called, unless another takes the number first
 * @param test empty where the project has a single data set, which is then divided
 */
record TrainingSource(UUID projectId, ModelArn arn, Dataset train, Optional<Dataset> test) {
    /** The same data sets at the same revisions. Their status was complete when either was read. */
    boolean isStill(TrainingSource now) {
        return arn.equals(now.arn)
                && same(train, now.train)
                && test.isPresent() == now.test.isPresent()
                && test.map(it -> same(it, now.test.orElseThrow())).orElse(true);
    }

    private static boolean same(Dataset one, Dataset other) {
        return one.datasetId().equals(other.datasetId()) && one.revision() == other.revision();
    }
}
