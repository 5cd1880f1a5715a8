package io.vedette.api.batch;

import io.vedette.api.aws.CallerBuckets;
import io.vedette.api.aws.Idempotency;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Resource;
import io.vedette.api.aws.ServiceException;
import io.vedette.api.batch.BatchAnswers.BatchDetection;
import io.vedette.api.batch.BatchRequest.S3Location;
import io.vedette.api.model.ModelKey;
import io.vedette.common.ModelArn;
import io.vedette.common.ProjectName;
import io.vedette.common.S3Uri;
import io.vedette.persistence.Model;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** A batch comes to be: its images on S3 first, then the transaction that has it dispatched. */
@ApplicationScoped
class BatchCreation {
    private final BatchCalls calls;
    private final BatchImages images;
    private final CallerBuckets buckets;
    private final BatchSettings settings;
    private final Idempotency idempotency;

    BatchCreation(
            BatchCalls calls,
            BatchImages images,
            CallerBuckets buckets,
            BatchSettings settings,
            Idempotency idempotency) {
        this.calls = calls;
        this.images = images;
        this.buckets = buckets;
        this.settings = settings;
        this.idempotency = idempotency;
    }

    /** What two calls with one token must have in common. */
    private record Input(ProjectName project, String version, BatchRequest request) {}

    /** @param token null if the caller sent none */
    BatchDetection start(ModelKey named, BatchRequest request, String token) {
        var call = new Call<>(
                "StartBatchDetection",
                token,
                new Input(named.project(), named.version().toString(), request),
                Resource.model(named.project(), named.version()),
                BatchDetection.class);
        return idempotency.earlier(call).orElseGet(() -> {
            Model model = calls.usable(named);
            requireBuckets(request);
            return started(call, model, request);
        });
    }

    private void requireBuckets(BatchRequest request) {
        if (request.inputConfig().manifest() == null) {
            buckets.require(request.inputConfig().s3Location().bucket(), BatchRequest.PREFIX_BUCKET);
        } else {
            buckets.require(request.inputConfig().manifest().s3Object().bucket(), BatchRequest.MANIFEST + ".Bucket");
        }
        buckets.require(request.outputConfig().s3Location().bucket(), BatchRequest.OUTPUT_BUCKET);
    }

    private BatchDetection started(Call<BatchDetection> call, Model model, BatchRequest request) {
        UUID batchId = UUID.randomUUID();
        AtomicBoolean made = new AtomicBoolean();
        try {
            long total = images.freeze(model.modelId(), batchId, request.inputConfig());
            BatchDetection answer = calls.start(call, model.modelId(), standing -> {
                made.set(true);
                return wanted(batchId, model, request, total, standing);
            });
            if (!made.get()) {
                images.discard(model.modelId(), batchId);
            }
            return answer;
        } catch (ServiceException refusal) {
            // Any other failure may have come after the commit: then the batch needs its images.
            images.discard(model.modelId(), batchId);
            throw refusal;
        }
    }

    private Batches.New wanted(UUID batchId, Model model, BatchRequest request, long total, Double standing) {
        S3Location output = request.outputConfig().s3Location();
        return new Batches.New(
                batchId,
                model.modelId(),
                request.inputConfig().address(),
                request.threshold() == null ? standing : request.threshold(),
                settings.partImages(),
                file(output, "BatchDetection", model.arn(), batchId + ".jsonl"),
                file(output, "BatchDetectionSummary", model.arn(), batchId + ".json"),
                total);
    }

    private static S3Uri file(S3Location output, String kind, ModelArn model, String name) {
        return new S3Uri(
                output.bucket(), output.prefix() + kind + "-" + model.project() + "-" + model.version() + "-" + name);
    }
}
