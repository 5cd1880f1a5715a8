package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.api.model.ModelAnswers.DescribeModelResponse;
import io.vedette.api.model.ModelAnswers.ModelDescription;
import io.vedette.api.model.ModelAnswers.ModelMetadata;
import io.vedette.api.project.Projects;
import io.vedette.api.tracking.TrainingStop;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.persistence.Hosting;
import io.vedette.persistence.Hostings;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import io.vedette.persistence.Phase;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The operations on models that there are, each in one transaction. */
@ApplicationScoped
class ModelCalls {
    private final Projects projects;
    private final Models models;
    private final Runs runs;
    private final TrainingStop trainings;
    private final Hostings hostings;
    private final RequestedModels requested;

    ModelCalls(
            Projects projects,
            Models models,
            Runs runs,
            TrainingStop trainings,
            Hostings hostings,
            RequestedModels requested) {
        this.projects = projects;
        this.models = models;
        this.runs = runs;
        this.trainings = trainings;
        this.hostings = hostings;
        this.requested = requested;
    }

    /**
     * A model with the run that works at it.
     *
     * @param before the last run of the attempt before, where that was begun
     * @param queuePosition counted from 1; meaningful only while the model waits for a trainer
     * @param hosting empty unless somebody wants it hosted
     */
    record Following(
            Model model,
            Optional<TrackedRun> run,
            Optional<TrackedRun> before,
            long queuePosition,
            Optional<Hosting> hosting) {
        String message() {
            // The hosting was read after the model, and may be gone by then.
            return StatusMessage.isOfHosting(model.status())
                    ? StatusMessage.ofHosting(model.status(), hosting)
                    : StatusMessage.of(model, run, before, queuePosition);
        }
    }

    @Transactional
    Following follow(ModelKey key) {
        return following(require(key));
    }

    @Transactional
    DescribeModelResponse describe(ModelKey key) {
        Following now = follow(key);
        return new DescribeModelResponse(ModelDescription.of(now.model(), now.message(), now.hosting()));
    }

    /** At most {@code limit} models with a version below {@code before}, newest first. */
    @Transactional
    List<ModelMetadata> list(Scope scope, ProjectName project, int before, int limit) {
        return models.newestFirst(projects.require(scope, project).projectId(), before, limit).stream()
                .map(model -> ModelMetadata.of(model, following(model).message()))
                .toList();
    }

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, or CONFLICT if it is not in training */
    @Transactional
    void stopTraining(ModelKey key) {
        Model model = require(key);
        if (!trainings.stop(model.modelId())) {
            throw AwsError.CONFLICT.because(
                    Resource.model(key.project(), model.arn().version()),
                    "The model is " + model.status() + ": only a training can be stopped.");
        }
    }

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, of the project or of the model */
    @Transactional
    Model require(ModelKey key) {
        return requested.require(key);
    }

    private Following following(Model model) {
        if (model.phase().isEmpty()) {
            return new Following(model, Optional.empty(), Optional.empty(), 0, hostings.find(model.modelId()));
        }
        if (model.phase().equals(Optional.of(Phase.QUEUED))) {
            return new Following(model, Optional.empty(), before(model), models.queuePosition(model), Optional.empty());
        }
        Optional<TrackedRun> newest = runs.running(model.modelId()).stream().reduce((earlier, later) -> later);
        return new Following(model, newest, before(model), 0, Optional.empty());
    }

    private Optional<TrackedRun> before(Model model) {
        if (model.attempt() == 1) {
            return Optional.empty();
        }
        boolean training = model.phase()
                .filter(it -> it == Phase.QUEUED || it == Phase.TRAINING)
                .isPresent();
        Kind kind = training ? Kind.TRAINING : Kind.EVALUATION;
        return runs.ofModel(model.modelId()).stream()
                .filter(run -> run.kind() == kind && run.attempt() == model.attempt() - 1)
                .reduce((earlier, later) -> later);
    }
}
