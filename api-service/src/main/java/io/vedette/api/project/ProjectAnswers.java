package io.vedette.api.project;

import io.vedette.common.ProjectName;
import java.time.Instant;
import java.util.List;

/** What a project looks like on the wire (specification §1.3). */
final class ProjectAnswers {
    private ProjectAnswers() {}

    record CreateProjectResponse(ProjectMetadata projectMetadata) {}

    record DescribeProjectResponse(ProjectDescription projectDescription) {}

    /** @param nextToken null on the last page */
    record ListProjectsResponse(List<ProjectMetadata> projects, String nextToken) {}

    record ProjectMetadata(String projectArn, ProjectName projectName, Instant creationTimestamp) {
        static ProjectMetadata of(Project project) {
            return new ProjectMetadata(project.arn(), project.name(), project.createdAt());
        }
    }

    /** @param datasets none, one or two; always there */
    record ProjectDescription(
            String projectArn, ProjectName projectName, Instant creationTimestamp, List<DatasetMetadata> datasets) {}
}
