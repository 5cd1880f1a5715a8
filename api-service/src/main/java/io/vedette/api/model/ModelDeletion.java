package io.vedette.api.model;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.persistence.Model;
import io.vedette.runtime.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Removes in the background what is kept of the models in DELETING, then their rows. Whatever cuts it off, it is done
 * again, by any replica; nothing that was written to a caller's bucket is touched.
 */
@ApplicationScoped
class ModelDeletion {
    private final DeletedModels models;
    private final ObjectStore objects;

    ModelDeletion(DeletedModels models, ObjectStore objects) {
        this.models = models;
        this.objects = objects;
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void removeAll() {
        for (Model model : models.toRemove()) {
            try {
                objects.deletePrefix(ArtifactLayout.model(model.modelId()));
                models.remove(model);
            } catch (RuntimeException failure) {
                Log.warnf("postponed deletion model=%s: %s", model.modelId(), failure.getMessage());
            }
        }
    }
}
