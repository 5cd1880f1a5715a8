package io.vedette.api.aws;

import io.vedette.runtime.S3Settings;
import jakarta.enterprise.context.ApplicationScoped;

/** The buckets that callers may name: all but the service's own, which holds every account's models. */
@ApplicationScoped
public class CallerBuckets {
    private final S3Settings settings;

    CallerBuckets(S3Settings settings) {
        this.settings = settings;
    }

    /**
     * @param member where the caller named the bucket, such as {@code OutputConfig.S3Location.Bucket}
     * @throws ServiceException VALIDATION if the bucket is the service's own
     */
    public void check(String bucket, String member) {
        if (settings.bucket().equalsIgnoreCase(bucket)) {
            throw AwsError.VALIDATION.because(
                    member + " must not be " + bucket + ": that bucket is the service's own. Name one of yours.");
        }
    }
}
