package io.vedette.api.dataset;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.CallerBuckets;
import io.vedette.api.aws.ServiceException;
import io.vedette.api.aws.Shape;
import io.vedette.api.dataset.DatasetAnswers.CreateDatasetResponse;
import io.vedette.api.dataset.DatasetCalls.Target;
import io.vedette.common.DatasetType;
import io.vedette.common.ProjectName;
import io.vedette.common.S3Uri;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Data sets without a manifest: from a prefix with the folders {@code normal/} and {@code anomaly/}. */
@Path("/vedette/v1/projects/{projectName}/datasets/{datasetType}/folder-imports")
class FolderImportResource {
    private final DatasetCalls datasets;
    private final ImageFolders folders;
    private final Changes changes;
    private final CallerBuckets buckets;
    private final Caller caller;

    FolderImportResource(
            DatasetCalls datasets, ImageFolders folders, Changes changes, CallerBuckets buckets, Caller caller) {
        this.datasets = datasets;
        this.folders = folders;
        this.changes = changes;
        this.buckets = buckets;
        this.caller = caller;
    }

    /** @param prefix the folder; empty or absent for the whole bucket */
    record FolderImportRequest(String bucket, String prefix) {}

    @POST
    @ResponseStatus(202)
    @Operation(
            summary = "Import images from a prefix with the folders normal/ and anomaly/",
            description = "Creates the data set, or adds to the one there is. The import goes on in the background:"
                    + " describe the data set to follow it.")
    public CreateDatasetResponse importFolder(
            @PathParam("projectName") ProjectName project,
            @PathParam("datasetType") DatasetType type,
            FolderImportRequest request) {
        if (request == null) {
            throw AwsError.VALIDATION.because("Bucket is required.");
        }
        String bucket = Shape.S3_BUCKET_NAME.required(request.bucket(), "Bucket");
        String prefix = Shape.S3_KEY_PREFIX.optional(request.prefix(), "Prefix");
        buckets.require(bucket, "Bucket");
        byte[] lines = folders.manifest(bucket, prefix == null ? "" : prefix, Dataset.limit(type));
        S3Uri manifest = changes.put(lines);
        try {
            return datasets.createOrAdd(new Target(caller.scope(), project, type), manifest);
        } catch (ServiceException refusal) {
            // Any other failure may have come after the commit: then the import needs its manifest.
            changes.remove(manifest);
            throw refusal;
        }
    }
}
