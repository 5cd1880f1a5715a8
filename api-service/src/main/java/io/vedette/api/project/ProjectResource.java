package io.vedette.api.project;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.Page;
import io.vedette.api.aws.PageSize;
import io.vedette.api.aws.PageTokens;
import io.vedette.api.project.ProjectAnswers.CreateProjectResponse;
import io.vedette.api.project.ProjectAnswers.DescribeProjectResponse;
import io.vedette.api.project.ProjectAnswers.ListProjectsResponse;
import io.vedette.api.project.ProjectAnswers.ProjectMetadata;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** CreateProject, DescribeProject and ListProjects (specification §1.3). */
@Path("/2020-11-20/projects")
class ProjectResource {
    private final ProjectCalls projects;
    private final PageTokens tokens;
    private final Caller caller;

    ProjectResource(ProjectCalls projects, PageTokens tokens, Caller caller) {
        this.projects = projects;
        this.tokens = tokens;
        this.caller = caller;
    }

    /** @param projectName as it came, so that a wrong one is refused by its name in the request */
    record CreateProjectRequest(String projectName) {}

    @POST
    public CreateProjectResponse create(
            @HeaderParam("X-Amzn-Client-Token") String clientToken, CreateProjectRequest request) {
        if (request == null || request.projectName() == null) {
            throw AwsError.VALIDATION.because("ProjectName is required.");
        }
        return projects.create(caller.scope(), name(request.projectName()), clientToken);
    }

    @GET
    @Path("{projectName}")
    public DescribeProjectResponse describe(@PathParam("projectName") ProjectName name) {
        return projects.describe(caller.scope(), name);
    }

    @GET
    public ListProjectsResponse list(
            @QueryParam("nextToken") String nextToken, @QueryParam("maxResults") Integer maxResults) {
        int size = PageSize.of(maxResults);
        String binding = "ListProjects " + caller.scope();
        String after = nextToken == null ? "" : tokens.decode(binding, nextToken);
        Page<Project> page = Page.of(projects.list(caller.scope(), after, size + 1), size);
        return new ListProjectsResponse(
                page.map(ProjectMetadata::of),
                page.next(last -> tokens.encode(binding, last.name().value())));
    }

    private static ProjectName name(String text) {
        try {
            return new ProjectName(text);
        } catch (IllegalArgumentException malformed) {
            throw AwsError.VALIDATION.because(
                    "ProjectName must be 1 to 255 letters, digits, '-' or '_' and begin with a letter or digit.");
        }
    }
}
