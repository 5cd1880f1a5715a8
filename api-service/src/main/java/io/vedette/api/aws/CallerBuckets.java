package io.vedette.api.aws;

import io.vedette.common.S3Uri;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import io.vedette.runtime.S3Settings;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The buckets that callers may name: those of their account's list, if it has one, and never the service's own, which
 * holds every account's models.
 */
@ApplicationScoped
public class CallerBuckets {
    private final S3Settings settings;
    private final ObjectStore store;
    private final AccountBuckets accounts;
    private final Caller caller;

    CallerBuckets(S3Settings settings, ObjectStore store, AccountBuckets accounts, Caller caller) {
        this.settings = settings;
        this.store = store;
        this.accounts = accounts;
        this.caller = caller;
    }

    /**
     * @param member where the caller named the bucket, such as {@code OutputConfig.S3Location.Bucket}
     * @throws ServiceException VALIDATION if the bucket is the service's own, or not on the account's list
     */
    public void check(String bucket, String member) {
        if (settings.bucket().equalsIgnoreCase(bucket)) {
            throw AwsError.VALIDATION.because(
                    member + " must not be " + bucket + ": that bucket is the service's own. Name one of yours.");
        }
        if (!accounts.mayName(caller.scope().account(), bucket)) {
            throw AwsError.VALIDATION.because(
                    member + " must not be " + bucket + ": it is not one of the buckets that this account may name.");
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

    /**
     * The store must have this version of the object. Asks S3: not to be called in a transaction.
     *
     * @throws ServiceException VALIDATION if it has not, or keeps no versions
     */
    public void requireVersion(S3Uri object, String versionId, String member) {
        try {
            store.checkVersion(object, versionId);
        } catch (ObjectStoreException.NoVersions limit) {
            throw AwsError.VALIDATION.because(
                    member + ": " + limit.getMessage() + " Leave it out to have the object as it is.");
        } catch (ObjectStoreException refusal) {
            if (refusal.isCallersFault()) {
                throw AwsError.VALIDATION.because(member + ": " + refusal.getMessage());
            }
            throw refusal;
        }
    }
}
