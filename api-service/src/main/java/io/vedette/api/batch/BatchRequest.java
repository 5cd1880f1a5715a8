package io.vedette.api.batch;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Shape;

/**
 * What a batch is asked for with.
 *
 * @param threshold null for the one that the model is used at
 */
record BatchRequest(InputConfig inputConfig, OutputConfig outputConfig, Double threshold) {
    static final String PREFIX_BUCKET = "InputConfig.S3Location.Bucket";
    static final String MANIFEST = "InputConfig.Manifest.S3Object";
    static final String OUTPUT_BUCKET = "OutputConfig.S3Location.Bucket";

    /** One of the two: all images below a prefix, or those that a manifest lists. */
    record InputConfig(S3Location s3Location, Manifest manifest) {
        /** As callers are told it again. */
        String address() {
            return s3Location != null
                    ? "s3://" + s3Location.bucket() + "/" + s3Location.prefix()
                    : "s3://" + manifest.s3Object().bucket() + "/"
                            + manifest.s3Object().key();
        }
    }

    record S3Location(String bucket, String prefix) {
        private static S3Location checked(S3Location given, String member) {
            String prefix = Shape.S3_KEY_PREFIX.optional(given.prefix(), member + ".Prefix");
            return new S3Location(
                    Shape.S3_BUCKET_NAME.required(given.bucket(), member + ".Bucket"), prefix == null ? "" : prefix);
        }
    }

    record Manifest(S3Object s3Object) {}

    record S3Object(String bucket, String key, String versionId) {}

    record OutputConfig(S3Location s3Location) {}

    /**
     * The same with all that is left out filled in.
     *
     * @throws io.vedette.api.aws.ServiceException VALIDATION naming the member that is none
     */
    static BatchRequest checked(BatchRequest request) {
        if (request == null || request.inputConfig() == null) {
            throw AwsError.VALIDATION.because("InputConfig is required.");
        }
        if (request.outputConfig() == null) {
            throw AwsError.VALIDATION.because("OutputConfig is required.");
        }
        if (request.outputConfig().s3Location() == null) {
            throw AwsError.VALIDATION.because("OutputConfig.S3Location is required.");
        }
        if (request.threshold() != null && !Double.isFinite(request.threshold())) {
            throw AwsError.VALIDATION.because("Threshold must be a finite number.");
        }
        return new BatchRequest(
                checked(request.inputConfig()),
                new OutputConfig(S3Location.checked(request.outputConfig().s3Location(), "OutputConfig.S3Location")),
                request.threshold());
    }

    private static InputConfig checked(InputConfig input) {
        if ((input.s3Location() == null) == (input.manifest() == null)) {
            throw AwsError.VALIDATION.because("InputConfig must have either S3Location or Manifest.");
        }
        if (input.manifest() == null) {
            return new InputConfig(S3Location.checked(input.s3Location(), "InputConfig.S3Location"), null);
        }
        S3Object object = input.manifest().s3Object();
        if (object == null) {
            throw AwsError.VALIDATION.because(MANIFEST + " is required.");
        }
        return new InputConfig(
                null,
                new Manifest(new S3Object(
                        Shape.S3_BUCKET_NAME.required(object.bucket(), MANIFEST + ".Bucket"),
                        Shape.S3_OBJECT_KEY.required(object.key(), MANIFEST + ".Key"),
                        Shape.S3_OBJECT_VERSION.optional(object.versionId(), MANIFEST + ".VersionId"))));
    }
}
