package io.vedette.api.model;

import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.model.ModelAnswers.DescribeModelResponse;
import io.vedette.api.model.ModelAnswers.ModelDescription;
import io.vedette.api.model.ModelAnswers.ModelMetadata;
import io.vedette.api.project.Projects;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import io.vedette.persistence.Hosting;
import io.vedette.persistence.Hostings;
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
    private final RequestedModels requested;
    private final Hostings hostings;

    ModelCalls(Projects projects, Models models, Runs runs, RequestedModels requested, Hostings hostings) {
        this.projects = projects;
        this.models = models;
        this.runs = runs;
        this.requested = requested;
        this.hostings = hostings;
    }

    @Transactional
    DescribeModelResponse describe(Scope scope, ProjectName project, RequestedVersion version) {
        Model model = requested.require(scope, project, version);
        Optional<Hosting> hosting = hostings.find(model.modelId());
        return new DescribeModelResponse(ModelDescription.of(model, message(model, hosting), hosting));
    }

    /** At most {@code limit} models with a version below {@code before}, newest first. */
    @Transactional
    List<ModelMetadata> list(Scope scope, ProjectName project, int before, int limit) {
        return models.newestFirst(projects.require(scope, project).projectId(), before, limit).stream()
                .map(model -> ModelMetadata.of(model, message(model, hostings.find(model.modelId()))))
                .toList();
    }

    private String message(Model model, Optional<Hosting> hosting) {
        if (hosting.isPresent()) {
            return StatusMessage.ofHosting(model.status(), hosting.get());
        }
        if (model.phase().isEmpty()) {
            return StatusMessage.of(model, Optional.empty(), 0);
        }
        List<TrackedRun> running = runs.running(model.modelId());
        Optional<TrackedRun> newest =
                running.isEmpty() ? Optional.empty() : Optional.of(running.get(running.size() - 1));
        return StatusMessage.of(model, newest, models.queuePosition(model));
    }
}
