package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.aws.Resource;
import io.vedette.api.model.ModelAnswers.DescribeModelResponse;
import io.vedette.api.model.ModelAnswers.ModelDescription;
import io.vedette.api.model.ModelAnswers.ModelMetadata;
import io.vedette.api.project.Projects;
import io.vedette.api.tracking.TrainingStop;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The operations on models that there are, each in one transaction. */
@ApplicationScoped
class ModelCalls {
    private final Projects projects;
    private final Models models;
    private final Runs runs;
    private final TrainingStop trainings;

    ModelCalls(Projects projects, Models models, Runs runs, TrainingStop trainings) {
        this.projects = projects;
        this.models = models;
        this.runs = runs;
        this.trainings = trainings;
    }

    /**
     * A model with the run that works at it.
     *
     * @param queuePosition counted from 1; meaningful only while the model waits for a trainer
     */
    record Following(Model model, Optional<TrackedRun> run, long queuePosition) {
        String message() {
            return StatusMessage.of(model, run, queuePosition);
        }
    }

    @Transactional
    Following follow(Scope scope, ProjectName project, RequestedVersion version) {
        return following(require(scope, project, version));
    }

    @Transactional
    DescribeModelResponse describe(Scope scope, ProjectName project, RequestedVersion version) {
        Following now = follow(scope, project, version);
        return new DescribeModelResponse(ModelDescription.of(now.model(), now.message()));
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
    void stopTraining(Scope scope, ProjectName project, RequestedVersion version) {
        Model model = require(scope, project, version);
        if (!trainings.stop(model.modelId())) {
            throw AwsError.CONFLICT.because(
                    Resource.model(project, model.arn().version()),
                    "The model is " + model.status() + ": only a training can be stopped.");
        }
    }

    private Model require(Scope scope, ProjectName project, RequestedVersion version) {
        UUID projectId = projects.require(scope, project).projectId();
        return version.number()
                .map(number -> models.find(projectId, number))
                .orElseGet(() -> models.latest(projectId))
                .orElseThrow(() -> AwsError.NOT_FOUND.because(
                        Resource.model(project, version),
                        "The project " + project + " has no model version " + version + "."));
    }

    private Following following(Model model) {
        if (model.phase().isEmpty()) {
            return new Following(model, Optional.empty(), 0);
        }
        List<TrackedRun> running = runs.running(model.modelId());
        Optional<TrackedRun> newest =
                running.isEmpty() ? Optional.empty() : Optional.of(running.get(running.size() - 1));
        return new Following(model, newest, models.queuePosition(model));
    }
}
