package io.vedette.api.batch;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.Page;
import io.vedette.api.aws.PageSize;
import io.vedette.api.aws.PageTokens;
import io.vedette.api.aws.RequestedVersion;
import io.vedette.api.batch.BatchAnswers.BatchDetection;
import io.vedette.api.batch.BatchAnswers.BatchDetections;
import io.vedette.api.model.ModelKey;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Has a model look at all images of a prefix or a manifest, in the background. */
@Path("/vedette/v1/projects/{projectName}/models/{modelVersion}/batch-detections")
class BatchResource {
    private final BatchCreation creation;
    private final BatchCalls batches;
    private final PageTokens tokens;
    private final Caller caller;

    BatchResource(BatchCreation creation, BatchCalls batches, PageTokens tokens, Caller caller) {
        this.creation = creation;
        this.batches = batches;
        this.tokens = tokens;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(202)
    @Operation(
            summary = "Look for anomalies in many images, in the background",
            description =
                    "InputConfig names a prefix (S3Location) or a manifest (Manifest.S3Object): JSON Lines with the"
                            + " member source-ref. The images are those that are there now. The model must have been trained;"
                            + " it need not be hosted. A line of results for each image goes to OutputConfig.S3Location, and a"
                            + " summary beside it. Send X-Amzn-Client-Token to be able to repeat the call.")
    public BatchDetection start(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            @HeaderParam("X-Amzn-Client-Token") String clientToken,
            BatchRequest request) {
        return creation.start(named(project, version), BatchRequest.checked(request), clientToken);
    }

    @GET
    @Operation(summary = "The batch detections of a model, newest first")
    public BatchDetections list(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            @QueryParam("nextToken") String nextToken,
            @QueryParam("maxResults") String maxResults) {
        int size = PageSize.of(maxResults);
        String binding = "ListBatchDetections " + caller.scope() + " " + project + " " + version;
        long before = nextToken == null ? Long.MAX_VALUE : Long.parseLong(tokens.decode(binding, nextToken));
        Page<BatchCalls.Listed> page = Page.of(batches.list(named(project, version), before, size + 1), size);
        return new BatchDetections(
                page.map(BatchCalls.Listed::batch),
                page.next(last -> tokens.encode(binding, Long.toString(last.seq()))));
    }

    @GET
    @Path("{batchDetectionId}")
    @Operation(summary = "How far a batch detection is, and where its results are")
    public BatchDetection describe(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            @PathParam("batchDetectionId") String batchId) {
        return batches.describe(named(project, version), id(batchId));
    }

    @POST
    @Path("{batchDetectionId}/stop")
    @ResponseStatus(202)
    @Operation(summary = "Stop a batch detection", description = "It writes no results.")
    public BatchDetection stop(
            @PathParam("projectName") ProjectName project,
            @PathParam("modelVersion") RequestedVersion version,
            @PathParam("batchDetectionId") String batchId) {
        return batches.stop(named(project, version), id(batchId));
    }

    private ModelKey named(ProjectName project, RequestedVersion version) {
        return new ModelKey(caller.scope(), project, version);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw AwsError.VALIDATION.because(
                    "batchDetectionId must be an id as the call that started the batch gave it.");
        }
    }
}
