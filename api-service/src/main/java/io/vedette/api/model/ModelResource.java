package io.vedette.api.model;

import io.vedette.api.aws.Caller;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Page;
import io.vedette.api.aws.PageSize;
import io.vedette.api.aws.PageTokens;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.aws.Resource;
import io.vedette.api.model.ModelAnswers.CreateModelResponse;
import io.vedette.api.model.ModelAnswers.DeleteModelResponse;
import io.vedette.api.model.ModelAnswers.DescribeModelResponse;
import io.vedette.api.model.ModelAnswers.ListModelsResponse;
import io.vedette.api.model.ModelAnswers.ModelMetadata;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/** CreateModel, DescribeModel, ListModels and DeleteModel (specification §1.5). */
@Path("/2020-11-20/projects/{projectName}/models")
class ModelResource {
    private final ModelCreation creation;
    private final ModelCalls models;
    private final DeletedModels deleted;
    private final PageTokens tokens;
    private final Caller caller;

    ModelResource(ModelCreation creation, ModelCalls models, DeletedModels deleted, PageTokens tokens, Caller caller) {
        this.creation = creation;
        this.models = models;
        this.deleted = deleted;
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
        return models.describe(new ModelKey(caller.scope(), project, version));
    }

    @DELETE
    @Path("{modelVersion}")
    @ResponseStatus(202)
    public DeleteModelResponse delete(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") ModelVersion version,
            @HeaderParam("X-Amzn-Client-Token") String clientToken) {
        ModelKey key = ModelKey.of(caller.scope(), project, version);
        var call = new Call<>(
                "DeleteModel",
                clientToken,
                List.of(project, version),
                Resource.model(project, version),
                DeleteModelResponse.class);
        return deleted.begin(call, key);
    }

    @GET
    public ListModelsResponse list(
            @PathParam("projectName") ProjectName project,
            @QueryParam("nextToken") String nextToken,
            @QueryParam("maxResults") String maxResults) {
        int size = PageSize.of(maxResults);
        String binding = "ListModels " + caller.scope() + " " + project;
        int before = nextToken == null ? Integer.MAX_VALUE : Integer.parseInt(tokens.decode(binding, nextToken));
        Page<ModelMetadata> page = Page.of(models.list(caller.scope(), project, before, size + 1), size);
        return new ListModelsResponse(page.items(), page.next(last -> tokens.encode(binding, last.modelVersion())));
    }
}
