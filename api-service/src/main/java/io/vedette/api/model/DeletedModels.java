package io.vedette.api.model;

import io.quarkus.logging.Log;
import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.aws.Resource;
import io.vedette.api.model.ModelAnswers.DeleteModelResponse;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent.ModelDeleted;
import io.vedette.common.event.LifecycleEvent.ModelStatusChanged;
import io.vedette.common.event.Topic;
import io.vedette.persistence.History;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import io.vedette.persistence.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** The transactions at both ends of a model's deletion: to DELETING at once, and the row when all else is removed. */
@ApplicationScoped
class DeletedModels {
    private final ModelCalls calls;
    private final Models models;
    private final History history;
    private final Outbox outbox;
    private final Idempotency idempotency;

    DeletedModels(ModelCalls calls, Models models, History history, Outbox outbox, Idempotency idempotency) {
        this.calls = calls;
        this.models = models;
        this.history = history;
        this.outbox = outbox;
        this.idempotency = idempotency;
    }

    @Transactional
    DeleteModelResponse begin(Call<DeleteModelResponse> call, ModelKey key) {
        return idempotency.once(call, () -> begun(key));
    }

    @Transactional
    List<Model> toRemove() {
        return models.toRemove();
    }

    /** The last step: nothing tells of the model any more, but for its number, which is never given again. */
    @Transactional
    void remove(Model model) {
        if (models.remove(model.modelId())) {
            outbox.add(Topic.LIFECYCLE, model.arn().toString(), new ModelDeleted(model.modelId(), model.arn()));
            Log.infof("deleted model=%s", model.arn());
        }
    }

    private DeleteModelResponse begun(ModelKey key) {
        Model model = calls.require(key);
        // INVARIANT: held before the batches are looked for; who starts one holds the model too.
        models.findAndLock(model.modelId());
        if (models.isInBatch(model.modelId())) {
            throw AwsError.CONFLICT.because(
                    Resource.model(key.project(), key.version()),
                    "A batch detection goes on with the model version " + key.version() + " of the project "
                            + key.project() + ". Stop it, or wait for its end.");
        }
        if (!models.beginDeletion(model)) {
            RequestedVersion version = key.version();
            throw AwsError.CONFLICT.because(
                    Resource.model(key.project(), version),
                    "The model version " + version + " of the project " + key.project() + " is "
                            + calls.require(key).status()
                            + ": it can be deleted when it is neither in training nor hosted.");
        }
        history.add(model.modelId(), ModelStatus.DELETING, "Its deletion was asked for.");
        outbox.add(
                Topic.LIFECYCLE,
                model.arn().toString(),
                new ModelStatusChanged(
                        model.modelId(),
                        model.arn(),
                        model.status(),
                        ModelStatus.DELETING,
                        StatusMessage.DELETING,
                        null));
        return new DeleteModelResponse(model.arn());
    }
}
