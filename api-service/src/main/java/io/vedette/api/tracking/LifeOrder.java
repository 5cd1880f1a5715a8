package io.vedette.api.tracking;

import io.vedette.persistence.Model.Artifact;
import java.util.UUID;

/** What has to be done because of a change in a model's life, in the transaction of that change. */
sealed interface LifeOrder {
    /** A trainer is wanted. */
    record Train(int attempt) implements LifeOrder {}

    /** An evaluator is wanted. */
    record Evaluate(Artifact artifact, int attempt) implements LifeOrder {}

    /** The worker that holds this run is to stop. */
    record CallOff(UUID runId, String reason) implements LifeOrder {}

    /** The caller and the world are to know why the model failed. */
    record Fail(String reason) implements LifeOrder {}
}
