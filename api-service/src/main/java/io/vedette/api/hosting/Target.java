package io.vedette.api.hosting;

import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.persistence.Model;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A model as a detection needs it.
 *
 * @param artifact key of its {@code artifact.json}; null until it was trained
 * @param sha256 of those bytes, or null
 * @param units 0 unless it is hosted; then its Min, until {@link #sized} says how many it has
 * @param mostUnits its Max, or its Min where the caller named no other
 * @param threshold empty where the model's own counts
 */
record Target(
        UUID modelId,
        ModelArn arn,
        ModelStatus status,
        String artifact,
        String sha256,
        int units,
        int mostUnits,
        OptionalDouble threshold) {

    static Target of(Model model) {
        Model.Artifact artifact = model.artifact().orElseThrow();
        return new Target(
                model.modelId(),
                model.arn(),
                model.status(),
                artifact.key(),
                artifact.sha256().orElse(null),
                1,
                1,
                OptionalDouble.empty());
    }

    boolean detects() {
        return status == ModelStatus.HOSTED || status == ModelStatus.SYSTEM_UPDATING;
    }

    Target at(OptionalDouble other) {
        return new Target(modelId, arn, status, artifact, sha256, units, mostUnits, other);
    }

    Target sized(int present) {
        return new Target(modelId, arn, status, artifact, sha256, present, mostUnits, threshold);
    }
}
