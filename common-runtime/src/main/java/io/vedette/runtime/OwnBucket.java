package io.vedette.runtime;

import io.vedette.common.CannotStart;
import jakarta.inject.Singleton;

/** The service's own bucket: whether it can be worked in, and if not, what to mend. */
@Singleton
public final class OwnBucket {
    private final ObjectStore objects;
    private final S3Settings settings;

    public OwnBucket(ObjectStore objects, S3Settings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    /** Makes it where it is missing. @throws CannotStart for now; worth trying again */
    public void ensure() {
        try {
            objects.createOwnBucket();
        } catch (ObjectStoreException failure) {
            throw new CannotStart(sentence(failure), failure);
        }
    }

    /** @throws CannotStart unless it is there and ours, for now; worth trying again */
    public void check() {
        try {
            if (!objects.bucketExists(settings.bucket())) {
                throw new CannotStart("There is no bucket " + settings.bucket() + " at " + place()
                        + ". The api-service makes it at its start: start that, and see that vedette.s3.bucket and"
                        + " vedette.s3.endpoint are the same for all services.");
            }
        } catch (ObjectStoreException failure) {
            throw new CannotStart(sentence(failure), failure);
        }
    }

    private String sentence(ObjectStoreException failure) {
        String bucket = "the bucket " + settings.bucket() + " at " + place();
        if (failure instanceof ObjectStoreException.Denied) {
            return "Access to " + bucket + " was denied. Mend vedette.s3.access-key-id and"
                    + " vedette.s3.secret-access-key, or the rights of that key.";
        }
        if (failure instanceof ObjectStoreException.Unavailable) {
            return "The object store does not answer for " + bucket + " (" + reason(failure)
                    + "). Mend vedette.s3.endpoint, or start the store.";
        }
        return "The object store refused " + bucket + " (" + reason(failure)
                + "). Mend vedette.s3.bucket, vedette.s3.region or vedette.s3.path-style.";
    }

    private String place() {
        return settings.endpoint().map(Object::toString).orElse("Amazon S3 in " + settings.region());
    }

    private static String reason(ObjectStoreException failure) {
        Throwable reason = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(reason.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
