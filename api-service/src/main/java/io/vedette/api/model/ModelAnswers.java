package io.vedette.api.model;

import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent;
import io.vedette.persistence.Hosting;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a model looks like on the wire (specification §3.5). Null stands for a member that is absent. */
final class ModelAnswers {
    private ModelAnswers() {}

    record ModelMetadata(
            Instant creationTimestamp,
            String modelVersion,
            ModelArn modelArn,
            String description,
            ModelStatus status,
            String statusMessage,
            Performance performance) {

        static ModelMetadata of(Model model, String statusMessage) {
            return new ModelMetadata(
                    model.createdAt(),
                    model.arn().version().toString(),
                    model.arn(),
                    model.description().orElse(null),
                    model.status(),
                    statusMessage,
                    evaluation(model).map(Performance::of).orElse(null));
        }
    }

    record ModelDescription(
            String modelVersion,
            ModelArn modelArn,
            Instant creationTimestamp,
            String description,
            ModelStatus status,
            String statusMessage,
            Performance performance,
            OutputConfig outputConfig,
            S3Object evaluationManifest,
            S3Object evaluationResult,
            Instant evaluationEndTimestamp,
            String kmsKeyId,
            Integer minInferenceUnits,
            Integer maxInferenceUnits) {

        static ModelDescription of(Model model, String statusMessage, Optional<Hosting> hosting) {
            Optional<Evaluation> evaluation = evaluation(model);
            String bucket = model.output().bucket();
            return new ModelDescription(
                    model.arn().version().toString(),
                    model.arn(),
                    model.createdAt(),
                    model.description().orElse(null),
                    model.status(),
                    statusMessage,
                    evaluation.map(Performance::of).orElse(null),
                    new OutputConfig(new S3Location(bucket, model.output().prefix())),
                    evaluation
                            .map(it -> new S3Object(bucket, model.output().manifestKey(model.arn())))
                            .orElse(null),
                    evaluation
                            .map(it -> new S3Object(bucket, model.output().resultKey(model.arn())))
                            .orElse(null),
                    evaluation.map(Evaluation::endedAt).orElse(null),
                    model.kmsKeyId().orElse(null),
                    hosting.map(Hosting::minUnits).orElse(null),
                    hosting.flatMap(Hosting::maxUnits).orElse(null));
        }
    }

    /** Each 0 to 1, with the precision of a 32-bit float as the API has it. */
    record Performance(float f1Score, float recall, float precision) {
        static Performance of(Evaluation evaluation) {
            LifecycleEvent.Performance exact = evaluation.performance();
            return new Performance((float) exact.f1Score(), (float) exact.recall(), (float) exact.precision());
        }
    }

    record OutputConfig(S3Location s3Location) {}

    record S3Location(String bucket, String prefix) {}

    record S3Object(String bucket, String key) {}

    record CreateModelResponse(ModelMetadata modelMetadata) {}

    record DeleteModelResponse(ModelArn modelArn) {}

    record DescribeModelResponse(ModelDescription modelDescription) {}

    record ListModelsResponse(List<ModelMetadata> models, String nextToken) {}

    /** An evaluation counts once the model was trained: one that has only won is not published yet. */
    private static Optional<Evaluation> evaluation(Model model) {
        return model.status() == ModelStatus.TRAINING || model.status() == ModelStatus.TRAINING_FAILED
                ? Optional.empty()
                : model.evaluation();
    }
}
