package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Shape;
import io.vedette.persistence.Model.Output;
import io.vedette.persistence.NewModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** CreateModel's body (specification §1.5). */
record ModelRequest(OutputConfig outputConfig, String description, String kmsKeyId, List<Tag> tags) {
    static final String BUCKET = "OutputConfig.S3Location.Bucket";
    private static final int MOST_TAGS = 200;

    record OutputConfig(S3Location s3Location) {}

    record S3Location(String bucket, String prefix) {}

    record Tag(String key, String value) {}

    /**
     * The same with all that is left out filled in.
     *
     * @throws io.vedette.api.aws.ServiceException VALIDATION naming the member that is none
     */
    static ModelRequest checked(ModelRequest request) {
        if (request == null || request.outputConfig() == null) {
            throw AwsError.VALIDATION.because("OutputConfig is required.");
        }
        S3Location given = request.outputConfig().s3Location();
        if (given == null) {
            throw AwsError.VALIDATION.because("OutputConfig.S3Location is required.");
        }
        String prefix = Shape.S3_KEY_PREFIX.optional(given.prefix(), "OutputConfig.S3Location.Prefix");
        return new ModelRequest(
                new OutputConfig(new S3Location(
                        Shape.S3_BUCKET_NAME.required(given.bucket(), BUCKET), prefix == null ? "" : prefix)),
                Shape.MODEL_DESCRIPTION.optional(request.description(), "Description"),
                Shape.KMS_KEY_ID.optional(request.kmsKeyId(), "KmsKeyId"),
                checkedTags(request.tags()));
    }

    Output output() {
        return new Output(
                outputConfig.s3Location().bucket(), outputConfig.s3Location().prefix());
    }

    /** The model that is asked for, made from these data sets. */
    NewModel asNew(UUID modelId, TrainingSource source) {
        return new NewModel(
                modelId,
                source.projectId(),
                source.arn(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                description,
                kmsKeyId,
                output(),
                tags.stream()
                        .map(tag -> new NewModel.Tag(tag.key(), tag.value()))
                        .toList());
    }

    /** An absent list has no tags. */
    static List<Tag> checkedTags(List<Tag> tags) {
        if (tags == null) {
            return List.of();
        }
        if (tags.size() > MOST_TAGS) {
            throw AwsError.VALIDATION.because("Tags must be at most " + MOST_TAGS + ".");
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < tags.size(); i++) {
            String member = "Tags[" + i + "]";
            if (tags.get(i) == null) {
                throw AwsError.VALIDATION.because(member + " is required.");
            }
            String key = Shape.TAG_KEY.required(tags.get(i).key(), member + ".Key");
            Shape.TAG_VALUE.required(tags.get(i).value(), member + ".Value");
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw AwsError.VALIDATION.because(member + ".Key must not begin with aws: that prefix is reserved.");
            }
            if (!keys.add(key)) {
                throw AwsError.VALIDATION.because(member + ".Key is there twice: " + key + ".");
            }
        }
        return tags;
    }
}
