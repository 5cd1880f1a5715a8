package io.vedette.api.tracking;

import io.vedette.common.ModelStatus;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Models;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Applies announced artifacts. A second delivery finds the model moved on, and does nothing. */
@ApplicationScoped
class ArtifactTracker {
    private final Models models;
    private final ModelProgress progress;

    ArtifactTracker(Models models, ModelProgress progress) {
        this.models = models;
        this.progress = progress;
    }

    @Transactional
    void trained(ModelTrained event) {
        Artifact artifact = new Artifact(
                event.trainingRunId(), event.artifact(), Optional.of(event.artifactSha256()), event.trainingImages());
        models.findAndLock(event.modelId())
                .filter(model -> model.status() == ModelStatus.TRAINING)
                .ifPresent(model -> progress.trained(model, artifact, event.attempt()));
    }
}
