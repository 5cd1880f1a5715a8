package io.vedette.api.model;

import io.quarkus.logging.Log;
import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Caller;
import io.vedette.api.aws.CallerBuckets;
import io.vedette.api.aws.Idempotency.Call;
import io.vedette.api.aws.Resource;
import io.vedette.api.aws.ServiceException;
import io.vedette.api.model.ModelAnswers.CreateModelResponse;
import io.vedette.common.ProjectName;
import io.vedette.runtime.CrashPoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** CreateModel: bytes on S3 first, then the transaction that makes the model and has its training dispatched. */
@ApplicationScoped
class ModelCreation {
    /** Each of several callers who make models of one project at once wins one of them. */
    private static final int ATTEMPTS = 10;

    private final TrainingSources sources;
    private final LabelCounts labels;
    private final AcceptedModels models;
    private final Snapshots snapshots;
    private final CallerBuckets buckets;
    private final Caller caller;

    ModelCreation(
            TrainingSources sources,
            LabelCounts labels,
            AcceptedModels models,
            Snapshots snapshots,
            CallerBuckets buckets,
            Caller caller) {
        this.sources = sources;
        this.labels = labels;
        this.models = models;
        this.snapshots = snapshots;
        this.buckets = buckets;
        this.caller = caller;
    }

    /** What two calls with one token must have in common. */
    private record Input(ProjectName project, ModelRequest request) {}

    /** @param token null if the caller sent none */
    CreateModelResponse create(ProjectName project, ModelRequest request, String token) {
        var call = new Call<>(
                "CreateModel",
                token,
                new Input(project, request),
                Resource.project(project),
                CreateModelResponse.class);
        return models.earlier(call).orElseGet(() -> {
            TrainingSource source = read(project);
            buckets.require(request.output().bucket(), ModelRequest.BUCKET);
            for (int i = 1; i < ATTEMPTS; i++) {
                try {
                    return attempt(call, source, request);
                } catch (AcceptedModels.Moved moved) {
                    Log.debugf("another model or import of the project=%s was faster", project);
                    source = read(project);
                }
            }
            return lastAttempt(call, source, request);
        });
    }

    private TrainingSource read(ProjectName project) {
        TrainingSource source = sources.read(caller.scope(), project);
        labels.check(source);
        return source;
    }

    private CreateModelResponse lastAttempt(
            Call<CreateModelResponse> call, TrainingSource source, ModelRequest request) {
        try {
            return attempt(call, source, request);
        } catch (AcceptedModels.Moved again) {
            ProjectName project = source.arn().project();
            throw AwsError.CONFLICT.because(
                    Resource.project(project),
                    "The project " + project + " is being changed by other calls. Try again when it stands still.");
        }
    }

    private CreateModelResponse attempt(Call<CreateModelResponse> call, TrainingSource source, ModelRequest request) {
        UUID modelId = UUID.randomUUID();
        AtomicBoolean made = new AtomicBoolean();
        try {
            snapshots.freeze(modelId, source);
            CreateModelResponse answer = models.create(call, source, () -> {
                made.set(true);
                return request.asNew(modelId, source);
            });
            CrashPoint.pass("api.after-commit", source.arn());
            if (made.get()) {
                Log.infof("queued model=%s", answer.modelMetadata().modelArn());
            } else {
                snapshots.discard(modelId);
            }
            return answer;
        } catch (ServiceException | AcceptedModels.Moved refusal) {
            // Any other failure may have come after the commit: then the model needs what was frozen.
            snapshots.discard(modelId);
            throw refusal;
        }
    }
}
