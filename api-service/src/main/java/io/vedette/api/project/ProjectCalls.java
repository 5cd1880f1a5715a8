package io.vedette.api.project;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Resource;
import io.vedette.api.project.ProjectAnswers.CreateProjectResponse;
import io.vedette.api.project.ProjectAnswers.DescribeProjectResponse;
import io.vedette.api.project.ProjectAnswers.ProjectDescription;
import io.vedette.api.project.ProjectAnswers.ProjectMetadata;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import io.vedette.common.event.LifecycleEvent.ProjectCreated;
import io.vedette.common.event.Topic;
import io.vedette.persistence.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** The operations on projects, each in one transaction. */
@ApplicationScoped
class ProjectCalls {
    private final Projects projects;
    private final DatasetLines datasets;
    private final Idempotency idempotency;
    private final Outbox outbox;

    ProjectCalls(Projects projects, DatasetLines datasets, Idempotency idempotency, Outbox outbox) {
        this.projects = projects;
        this.datasets = datasets;
        this.idempotency = idempotency;
        this.outbox = outbox;
    }

    /** @param token null if the caller sent none */
    @Transactional
    CreateProjectResponse create(Scope scope, ProjectName name, String token) {
        Resource target = Resource.project(name);
        return idempotency.once(
                new Call<>("CreateProject", token, name, target, CreateProjectResponse.class),
                () -> created(scope, name));
    }

    @Transactional
    DescribeProjectResponse describe(Scope scope, ProjectName name) {
        Project project = projects.require(scope, name);
        return new DescribeProjectResponse(new ProjectDescription(
                project.arn(), project.name(), project.createdAt(), datasets.of(project.projectId())));
    }

    @Transactional
    List<Project> list(Scope scope, String after, int limit) {
        return projects.after(scope, after, limit);
    }

    private CreateProjectResponse created(Scope scope, ProjectName name) {
        Project project =
                new Project(UUID.randomUUID(), scope, name, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        if (!projects.add(project)) {
            throw AwsError.CONFLICT.because(Resource.project(name), "The project " + name + " already exists.");
        }
        outbox.add(Topic.LIFECYCLE, project.arn(), new ProjectCreated(project.arn(), name));
        return new CreateProjectResponse(ProjectMetadata.of(project));
    }
}
