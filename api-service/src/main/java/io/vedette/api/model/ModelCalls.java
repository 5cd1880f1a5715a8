package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.aws.Resource;
import io.vedette.api.model.ModelAnswers.DescribeModelResponse;
import io.vedette.api.model.ModelAnswers.ModelDescription;
import io.vedette.api.model.ModelAnswers.ModelMetadata;
import io.vedette.api.project.Projects;
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

/** The operations that only read models, each in one transaction. */
@ApplicationScoped
class ModelCalls {
    private final Projects projects;
    private final Models models;
    private final Runs runs;

    ModelCalls(Projects projects, Models models, Runs runs) {
        this.projects = projects;
        this.models = models;
        this.runs = runs;
    }

    @Transactional
    DescribeModelResponse describe(ModelKey key) {
        Model model = require(key);
        return new DescribeModelResponse(ModelDescription.of(model, message(model)));
    }

    /** At most {@code limit} models with a version below {@code before}, newest first. */
    @Transactional
    List<ModelMetadata> list(Scope scope, ProjectName project, int before, int limit) {
        return models.newestFirst(projects.require(scope, project).projectId(), before, limit).stream()
                .map(model -> ModelMetadata.of(model, message(model)))
                .toList();
    }

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, of the project or of the model */
    @Transactional
    Model require(ModelKey key) {
        ProjectName project = key.project();
        RequestedVersion version = key.version();
        var projectId = projects.require(key.scope(), project).projectId();
        return version.number()
                .map(number -> models.find(projectId, number))
                .orElseGet(() -> models.latest(projectId))
                .orElseThrow(() -> AwsError.NOT_FOUND.because(
                        Resource.model(project, version),
                        "The project " + project + " has no model version " + version + "."));
    }

    private String message(Model model) {
        if (model.phase().isEmpty()) {
            return StatusMessage.of(model, Optional.empty(), 0);
        }
        List<TrackedRun> running = runs.running(model.modelId());
        Optional<TrackedRun> newest =
                running.isEmpty() ? Optional.empty() : Optional.of(running.get(running.size() - 1));
        return StatusMessage.of(model, newest, models.queuePosition(model));
    }
}
