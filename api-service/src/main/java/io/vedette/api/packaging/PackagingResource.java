package io.vedette.api.packaging;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.PageSize;
import io.vedette.api.aws.Resource;
import io.vedette.api.project.Projects;
import io.vedette.common.ProjectName;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** The operations of packaging jobs: none can be started yet, so there are none. */
@Path("/2020-11-20/projects/{projectName}/modelpackagingjobs")
class PackagingResource {
    private final Projects projects;
    private final Caller caller;

    PackagingResource(Projects projects, Caller caller) {
        this.projects = projects;
        this.caller = caller;
    }

    record ListModelPackagingJobsResponse(List<Object> modelPackagingJobs) {}

    @POST
    @Transactional
    public ListModelPackagingJobsResponse start(@PathParam("projectName") ProjectName project) {
        projects.require(caller.scope(), project);
        throw AwsError.VALIDATION.because("Model packaging jobs are not supported by this version of the service.");
    }

    @GET
    @Path("{jobName}")
    @Transactional
    public ListModelPackagingJobsResponse describe(
            @PathParam("projectName") ProjectName project, @PathParam("jobName") String job) {
        projects.require(caller.scope(), project);
        throw AwsError.NOT_FOUND.because(
                new Resource(Resource.Type.MODEL_PACKAGE_JOB, job),
                "The project " + project + " has no model packaging job " + job + ".");
    }

    @GET
    @Transactional
    public ListModelPackagingJobsResponse list(
            @PathParam("projectName") ProjectName project, @QueryParam("maxResults") String maxResults) {
        PageSize.of(maxResults);
        projects.require(caller.scope(), project);
        return new ListModelPackagingJobsResponse(List.of());
    }
}
