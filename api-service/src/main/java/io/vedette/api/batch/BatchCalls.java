package io.vedette.api.batch;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Resource;
import io.vedette.api.batch.BatchAnswers.BatchDetection;
import io.vedette.api.hosting.Thresholds;
import io.vedette.api.model.ModelKey;
import io.vedette.api.model.RequestedModels;
import io.vedette.common.BatchStatus;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The operations on batches, each in one transaction. */
@ApplicationScoped
class BatchCalls {
    private final RequestedModels requested;
    private final Models models;
    private final Batches batches;
    private final Steps steps;
    private final Idempotency idempotency;

    BatchCalls(RequestedModels requested, Models models, Batches batches, Steps steps, Idempotency idempotency) {
        this.requested = requested;
        this.models = models;
        this.batches = batches;
        this.steps = steps;
        this.idempotency = idempotency;
    }

    /** What a call sets going. */
    @jakarta.enterprise.context.Dependent
    record Steps(BatchProgress progress, BatchNews news, Thresholds thresholds) {}

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, or CONFLICT if the model is not one that can detect */
    @Transactional
    Model usable(ModelKey named) {
        return checked(requested.require(named));
    }

    /** @param asked makes the batch from the threshold that the model is used at, or null */
    @Transactional
    BatchDetection start(Call<BatchDetection> call, UUID modelId, Function<Double, Batches.New> asked) {
        return idempotency.once(call, () -> started(call, modelId, asked));
    }

    @Transactional
    BatchDetection describe(ModelKey named, UUID batchId) {
        Model model = requested.require(named);
        return BatchDetection.of(require(model, batchId), model);
    }

    /** At most {@code limit} batches with a seq below {@code before}, newest first. */
    @Transactional
    List<Listed> list(ModelKey named, long before, int limit) {
        Model model = requested.require(named);
        return batches.newestFirst(model.modelId(), before, limit).stream()
                .map(batch -> new Listed(batch.seq(), BatchDetection.of(batch, model)))
                .toList();
    }

    /** @param seq its place in the list */
    record Listed(long seq, BatchDetection batch) {}

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, or CONFLICT if it has ended already */
    @Transactional
    BatchDetection stop(ModelKey named, UUID batchId) {
        Model model = requested.require(named);
        require(model, batchId);
        Batch batch = batches.findAndLock(batchId).orElseThrow();
        if (batch.status().isSettled()) {
            throw AwsError.CONFLICT.because(
                    Resource.model(model.arn().project(), model.arn().version()),
                    "The batch detection " + batchId + " is " + batch.status()
                            + ": only one that goes on can be stopped.");
        }
        batch.runId().ifPresent(run -> steps.news().callOff(run, model.modelId(), "the batch was stopped"));
        steps.progress().end(batch, BatchStatus.STOPPED, null);
        return BatchDetection.of(batches.findAndLock(batchId).orElseThrow(), model);
    }

    private BatchDetection started(Call<BatchDetection> call, UUID modelId, Function<Double, Batches.New> asked) {
        // INVARIANT: held until the end, so that no deletion of the model passes its batches by.
        Model model = models.findAndLock(modelId)
                .orElseThrow(() -> AwsError.NOT_FOUND.because(call.target(), "The model has been deleted."));
        checked(model);
        Batches.New wanted = asked.apply(steps.thresholds().standing(modelId));
        Batch batch = batches.add(wanted, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        steps.progress().request(batch, model);
        steps.news().tell(null, batch, model);
        return BatchDetection.of(batch, model);
    }

    private Batch require(Model model, UUID batchId) {
        return batches.find(model.modelId(), batchId)
                .orElseThrow(() -> AwsError.NOT_FOUND.because(
                        Resource.model(model.arn().project(), model.arn().version()),
                        "The model version " + model.arn().version() + " of the project "
                                + model.arn().project() + " has no batch detection " + batchId + "."));
    }

    private static Model checked(Model model) {
        return switch (model.status()) {
            case TRAINING, TRAINING_FAILED, DELETING ->
                throw AwsError.CONFLICT.because(
                        Resource.model(model.arn().project(), model.arn().version()),
                        "The model version " + model.arn().version() + " is " + model.status()
                                + ". It must have been trained to detect anomalies.");
            default -> model;
        };
    }
}
