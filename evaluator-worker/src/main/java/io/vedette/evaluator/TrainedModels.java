package io.vedette.evaluator;

import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent.ModelStatusChanged;
import io.vedette.common.event.Topic;
import io.vedette.persistence.History;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import io.vedette.persistence.Outbox;
import io.vedette.persistence.Winner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** The transactions of an evaluation. */
@ApplicationScoped
class TrainedModels {
    private static final String TRAINED = "Training completed successfully.";

    private final Models models;
    private final History history;
    private final Outbox outbox;

    TrainedModels(Models models, History history, Outbox outbox) {
        this.models = models;
        this.history = history;
        this.outbox = outbox;
    }

    /** The model while it waits for its evaluation; empty once it is settled or gone. */
    @Transactional
    Optional<Model> awaiting(UUID modelId) {
        return models.find(modelId).filter(model -> model.status() == ModelStatus.TRAINING);
    }

    /** True for exactly one run per model. */
    @Transactional
    boolean claimWin(UUID modelId, Winner winner) {
        return models.claimWin(modelId, winner);
    }

    /**
     * TRAINING to TRAINED, with the event that tells the world.
     *
     * @param remark for the caller, or null
     * @return false if somebody else did it before
     */
    @Transactional
    boolean settle(Model model, Model.Evaluation evaluation, String remark) {
        if (!models.markTrained(model.modelId(), evaluation.winnerRunId(), remark)) {
            return false;
        }
        history.add(
                model.modelId(), ModelStatus.TRAINED, "Run " + evaluation.winnerRunId() + " has evaluated the model.");
        ModelStatusChanged event = new ModelStatusChanged(
                model.modelId(),
                model.arn(),
                ModelStatus.TRAINING,
                ModelStatus.TRAINED,
                remark == null ? TRAINED : TRAINED + " " + remark,
                evaluation.performance());
        outbox.add(Topic.LIFECYCLE, model.arn().toString(), event);
        return true;
    }
}
