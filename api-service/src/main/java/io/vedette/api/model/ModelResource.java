package io.vedette.api.model;

import io.vedette.api.aws.Caller;
import io.vedette.api.aws.Page;
import io.vedette.api.aws.PageSize;
import io.vedette.api.aws.PageTokens;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.model.ModelAnswers.CreateModelResponse;
import io.vedette.api.model.ModelAnswers.DescribeModelResponse;
import io.vedette.api.model.ModelAnswers.ListModelsResponse;
import io.vedette.api.model.ModelAnswers.ModelMetadata;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jboss.resteasy.reactive.ResponseStatus;

/** CreateModel, DescribeModel and ListModels (specification §1.5). */
@Path("/2020-11-20/projects/{projectName}/models")
class ModelResource {
    private final ModelCreation creation;
    private final ModelCalls models;
    private final PageTokens tokens;
    private final Caller caller;

    ModelResource(ModelCreation creation, ModelCalls models, PageTokens tokens, Caller caller) {
        this.creation = creation;
        this.models = models;
        this.tokens = tokens;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(202)
    public CreateModelResponse create(
            @PathParam("projectName") ProjectName project,
            @HeaderParam("X-Amzn-Client-Token") String clientToken,
            ModelRequest request) {
        return creation.create(project, ModelRequest.checked(request), clientToken);
    }

    @GET
    @Path("{modelVersion}")
    public DescribeModelResponse describe(
            @PathParam("projectName") ProjectName project, @PathParam("modelVersion") RequestedVersion version) {
        return models.describe(caller.scope(), project, version);
    }

    @GET
    public ListModelsResponse list(
            @PathParam("projectName") ProjectName project,
            @QueryParam("nextToken") String nextToken,
            @QueryParam("maxResults") Integer maxResults) {
        int size = PageSize.of(maxResults);
        String binding = "ListModels " + caller.scope() + " " + project;
        int before = nextToken == null ? Integer.MAX_VALUE : Integer.parseInt(tokens.decode(binding, nextToken));
        Page<ModelMetadata> page = Page.of(models.list(caller.scope(), project, before, size + 1), size);
        return new ListModelsResponse(page.items(), page.next(last -> tokens.encode(binding, last.modelVersion())));
    }
}
