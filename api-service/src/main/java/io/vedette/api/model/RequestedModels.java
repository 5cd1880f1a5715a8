package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.aws.Resource;
import io.vedette.api.project.Projects;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
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
    public Model require(Scope scope, ProjectName project, RequestedVersion version) {
        UUID projectId = projects.require(scope, project).projectId();
        return version.number()
                .map(number -> models.find(projectId, number))
                .orElseGet(() -> models.latest(projectId))
                .orElseThrow(() -> AwsError.NOT_FOUND.because(
                        Resource.model(project, version),
                        "The project " + project + " has no model version " + version + "."));
    }
}
