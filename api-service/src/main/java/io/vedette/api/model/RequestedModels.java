package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.api.project.Projects;
import io.vedette.persistence.Model;
import io.vedette.persistence.Models;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The models that callers name. */
@ApplicationScoped
public class RequestedModels {
    private final Projects projects;
    private final Models models;

    RequestedModels(Projects projects, Models models) {
        this.projects = projects;
        this.models = models;
    }

    /** @throws io.vedette.api.aws.ServiceException NOT_FOUND, of the project or of the model */
    public Model require(ModelKey key) {
        UUID projectId = projects.require(key.scope(), key.project()).projectId();
        return key.version()
                .number()
                .map(number -> models.find(projectId, number))
                .orElseGet(() -> models.latest(projectId))
                .orElseThrow(() -> AwsError.NOT_FOUND.because(
                        Resource.model(key.project(), key.version()),
                        "The project " + key.project() + " has no model version " + key.version() + "."));
    }
}
