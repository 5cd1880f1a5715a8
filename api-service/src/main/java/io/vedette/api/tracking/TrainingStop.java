package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.vedette.common.ModelStatus;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Ends a training because its owner wants it to end. */
@ApplicationScoped
public class TrainingStop {
    private static final String REASON = "Training was stopped.";

    private final Models models;
    private final ModelProgress progress;

    TrainingStop(Models models, ModelProgress progress) {
        this.models = models;
        this.progress = progress;
    }

    /** Joins the caller's transaction. False if the model is not in training (any more). */
    public boolean stop(UUID modelId) {
        Optional<Model> training = models.findAndLock(modelId).filter(model -> model.status() == ModelStatus.TRAINING);
        training.ifPresent(model -> {
            progress.fail(model, REASON);
            Log.infof("stopped model=%s", model.arn());
        });
        return training.isPresent();
    }
}
