package io.vedette.api.model;

import io.vedette.common.ModelStatus;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which of a model's files somebody may still need. */
@ApplicationScoped
class KeptFiles {
    private final Models models;
    private final Runs runs;

    KeptFiles(Models models, Runs runs) {
        this.models = models;
        this.runs = runs;
    }

    /** @param runs whose files are needed; empty if those of all are */
    record Kept(Of model, Optional<Set<UUID>> runs) {}

    enum Of {
        PRESENT,
        DELETED,
        /** Another installation's, or younger than the backup that Postgres was restored from. */
        UNKNOWN
    }

    @Transactional
    Kept of(UUID modelId) {
        Optional<Model> found = models.find(modelId);
        if (found.isEmpty()) {
            return new Kept(models.isRemoved(modelId) ? Of.DELETED : Of.UNKNOWN, Optional.empty());
        }
        Model model = found.get();
        if (model.status() == ModelStatus.TRAINING || model.status() == ModelStatus.DELETING) {
            return new Kept(Of.PRESENT, Optional.empty());
        }
        Set<UUID> needed = new HashSet<>();
        model.artifact().map(Model.Artifact::trainingRunId).ifPresent(needed::add);
        model.evaluation().map(Model.Evaluation::winnerRunId).ifPresent(needed::add);
        runs.running(modelId).stream().map(TrackedRun::runId).forEach(needed::add);
        return new Kept(Of.PRESENT, Optional.of(needed));
    }
}
