package io.vedette.api.dataset;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.PageSize;
import io.vedette.api.dataset.DatasetAnswers.ListDatasetEntriesResponse;
import io.vedette.api.dataset.DatasetAnswers.UpdateDatasetEntriesResponse;
import io.vedette.api.dataset.DatasetCalls.Target;
import io.vedette.common.DatasetType;
import io.vedette.common.ProjectName;
import io.vedette.common.S3Uri;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/** ListDatasetEntries (specification §4.2) and UpdateDatasetEntries (§5.6). */
@Path("/2020-11-20/projects/{projectName}/datasets/{datasetType}/entries")
class EntryResource {
    private final DatasetCalls datasets;
    private final EntryPages pages;
    private final Changes changes;
    private final Idempotency idempotency;
    private final Caller caller;

    EntryResource(DatasetCalls datasets, EntryPages pages, Changes changes, Idempotency idempotency, Caller caller) {
        this.datasets = datasets;
        this.pages = pages;
        this.changes = changes;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @GET
    public ListDatasetEntriesResponse list(
            @PathParam("projectName") ProjectName project,
            @PathParam("datasetType") DatasetType type,
            @BeanParam EntryQuery query,
            @QueryParam("nextToken") String nextToken,
            @QueryParam("maxResults") Integer maxResults) {
        return pages.page(
                new Target(caller.scope(), project, type), query.filter(), nextToken, PageSize.of(maxResults));
    }

    /** @param changes JSON Lines; base64 on the wire */
    record UpdateDatasetEntriesRequest(byte[] changes) {}

    @PATCH
    @ResponseStatus(202)
    public UpdateDatasetEntriesResponse update(
            @PathParam("projectName") ProjectName project,
            @PathParam("datasetType") DatasetType type,
            @HeaderParam("X-Amzn-Client-Token") String clientToken,
            UpdateDatasetEntriesRequest request) {
        byte[] lines = lines(request);
        Target target = new Target(caller.scope(), project, type);
        var call = new Call<>(
                "UpdateDatasetEntries",
                clientToken,
                List.of(project, type, Changes.sha256(lines)),
                target.resource(),
                UpdateDatasetEntriesResponse.class);
        return idempotency.earlier(call).orElseGet(() -> {
            datasets.require(target);
            S3Uri stored = changes.put(lines);
            try {
                return datasets.update(call, target, stored);
            } catch (RuntimeException refusal) {
                changes.remove(stored);
                throw refusal;
            }
        });
    }

    private static byte[] lines(UpdateDatasetEntriesRequest request) {
        if (request == null || request.changes() == null) {
            throw AwsError.VALIDATION.because("Changes is required.");
        }
        if (request.changes().length < 1 || request.changes().length > Changes.MAX_BYTES) {
            throw AwsError.VALIDATION.because("Changes must be 1 to " + Changes.MAX_BYTES + " bytes.");
        }
        return request.changes();
    }
}
