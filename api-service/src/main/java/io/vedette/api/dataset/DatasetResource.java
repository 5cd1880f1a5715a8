package io.vedette.api.dataset;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.CallerBuckets;
import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Shape;
import io.vedette.api.dataset.DatasetAnswers.CreateDatasetResponse;
import io.vedette.api.dataset.DatasetAnswers.DescribeDatasetResponse;
import io.vedette.api.dataset.DatasetCalls.Manifest;
import io.vedette.api.dataset.DatasetCalls.Target;
import io.vedette.common.DatasetType;
import io.vedette.common.ProjectName;
import io.vedette.common.S3Uri;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseStatus;

/** CreateDataset and DescribeDataset (specification §1.4). */
@Path("/2020-11-20/projects/{projectName}/datasets")
class DatasetResource {
    private static final String MANIFEST = "DatasetSource.GroundTruthManifest.S3Object";

    private final DatasetCalls datasets;
    private final CallerBuckets buckets;
    private final Idempotency idempotency;
    private final Caller caller;

    DatasetResource(DatasetCalls datasets, CallerBuckets buckets, Idempotency idempotency, Caller caller) {
        this.datasets = datasets;
        this.buckets = buckets;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    record CreateDatasetRequest(String datasetType, DatasetSource datasetSource) {
        DatasetType type() {
            if (datasetType == null) {
                throw AwsError.VALIDATION.because("DatasetType is required.");
            }
            try {
                return DatasetType.parse(datasetType);
            } catch (IllegalArgumentException unknown) {
                throw AwsError.VALIDATION.because("DatasetType must be train or test.");
            }
        }

        Optional<Manifest> manifest() {
            return Optional.ofNullable(datasetSource)
                    .map(DatasetSource::groundTruthManifest)
                    .map(GroundTruthManifest::s3Object)
                    .map(InputS3Object::manifest);
        }
    }

    record DatasetSource(GroundTruthManifest groundTruthManifest) {}

    record GroundTruthManifest(InputS3Object s3Object) {}

    record InputS3Object(String bucket, String key, String versionId) {
        Manifest manifest() {
            return new Manifest(
                    new S3Uri(
                            Shape.S3_BUCKET_NAME.required(bucket, MANIFEST + ".Bucket"),
                            Shape.S3_OBJECT_KEY.required(key, MANIFEST + ".Key")),
                    Shape.S3_OBJECT_VERSION.optional(versionId, MANIFEST + ".VersionId"));
        }
    }

    @POST
    @ResponseStatus(202)
    public CreateDatasetResponse create(
            @PathParam("projectName") ProjectName project,
            @HeaderParam("X-Amzn-Client-Token") String clientToken,
            CreateDatasetRequest request) {
        if (request == null) {
            throw AwsError.VALIDATION.because("DatasetType is required.");
        }
        Target target = new Target(caller.scope(), project, request.type());
        Optional<Manifest> manifest = request.manifest();
        var call = new Call<>(
                "CreateDataset",
                clientToken,
                new Input(project, request),
                target.resource(),
                CreateDatasetResponse.class);
        return idempotency.earlier(call).orElseGet(() -> {
            manifest.ifPresent(it -> buckets.require(it.address().bucket(), MANIFEST + ".Bucket"));
            return datasets.create(call, target, manifest);
        });
    }

    /** What two calls with one token must have in common. */
    private record Input(ProjectName project, CreateDatasetRequest request) {}

    @GET
    @Path("{datasetType}")
    public DescribeDatasetResponse describe(
            @PathParam("projectName") ProjectName project, @PathParam("datasetType") DatasetType type) {
        return DescribeDatasetResponse.of(project, datasets.require(new Target(caller.scope(), project, type)));
    }
}
