package io.vedette.api.aws;

import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import io.vedette.runtime.S3Settings;
import jakarta.enterprise.context.ApplicationScoped;

/** The buckets that callers may name: all but the service's own, which holds every account's models. */
@ApplicationScoped
public class CallerBuckets {
    private final S3Settings settings;
    private final ObjectStore store;

    CallerBuckets(S3Settings settings, ObjectStore store) {
        this.settings = settings;
        this.store = store;
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

    /**
     * As {@link #check}, and the bucket must be there and open to the service. Asks S3: not to be called in a transaction.
     *
     * @throws ServiceException VALIDATION if the bucket is missing or closed
     */
    public void require(String bucket, String member) {
        check(bucket, member);
        try {
            if (!store.bucketExists(bucket)) {
                throw AwsError.VALIDATION.because(member + ": The bucket " + bucket + " does not exist.");
            }
        } catch (ObjectStoreException refusal) {
            if (refusal.isCallersFault()) {
                throw AwsError.VALIDATION.because(member + ": " + refusal.getMessage());
            }
            throw refusal;
        }
    }
}
