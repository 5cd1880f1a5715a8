package io.vedette.api.hosting;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.api.hosting.ThresholdAnswers.ThresholdResponse;
import io.vedette.api.hosting.ThresholdAnswers.WhatIf;
import io.vedette.api.model.ModelKey;
import io.vedette.api.model.RequestedModels;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.artifact.VedetteEvaluation;
import io.vedette.common.event.EventJson;
import io.vedette.persistence.Model;
import io.vedette.runtime.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads and changes the threshold that a model is used at. */
@ApplicationScoped
class ThresholdCalls {
    private final RequestedModels models;
    private final Targets targets;
    private final Thresholds thresholds;
    private final ObjectStore store;

    ThresholdCalls(RequestedModels models, Targets targets, Thresholds thresholds, ObjectStore store) {
        this.models = models;
        this.targets = targets;
        this.thresholds = thresholds;
        this.store = store;
    }

    /** A model that has been trained, with the threshold that was set, or null. */
    record Standing(Model model, Double threshold) {}

    @Transactional
    Standing standing(ModelKey named) {
        Model model = trained(named);
        var threshold = targets.find(named.scope(), named.project(), named.version())
                .orElseThrow()
                .threshold();
        return new Standing(model, threshold.isPresent() ? threshold.getAsDouble() : null);
    }

    /** @param threshold null for what the model has learned */
    @Transactional
    Standing change(ModelKey named, Double threshold, String by) {
        if (threshold != null && !Double.isFinite(threshold)) {
            throw AwsError.VALIDATION.because("Threshold must be a finite number.");
        }
        Model model = trained(named);
        thresholds.change(model.modelId(), model.arn(), threshold, by);
        return new Standing(model, threshold);
    }

    /** Asks S3. @param at the threshold to try, or null */
    ThresholdResponse answer(Standing standing, Double at) {
        Optional<VedetteEvaluation> evaluation = evaluation(standing.model());
        if (at != null && evaluation.isEmpty()) {
            throw AwsError.VALIDATION.because("The evaluation of this model has kept no scores of its images.");
        }
        return new ThresholdResponse(
                standing.threshold(),
                evaluation.map(VedetteEvaluation::threshold).orElse(null),
                at == null ? null : WhatIf.of(evaluation.orElseThrow().images(), at));
    }

    private Model trained(ModelKey named) {
        Model model = models.require(named);
        return switch (model.status()) {
            case TRAINING, TRAINING_FAILED, DELETING ->
                throw AwsError.CONFLICT.because(
                        Resource.model(named.project(), model.arn().version()),
                        "The model version " + model.arn().version() + " is " + model.status()
                                + " and has no threshold.");
            default -> model;
        };
    }

    private Optional<VedetteEvaluation> evaluation(Model model) {
        String key = ArtifactLayout.vedetteEvaluation(
                model.modelId(), model.evaluation().orElseThrow().winnerRunId());
        return store.getIfPresent(store.own(key)).map(stored -> {
            try {
                return EventJson.mapper().readValue(stored.bytes(), VedetteEvaluation.class);
            } catch (IOException garbled) {
                throw new UncheckedIOException(garbled);
            }
        });
    }
}
