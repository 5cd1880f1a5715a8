package io.vedette.runtime;

import software.amazon.awssdk.services.s3.model.S3Exception;

/** A request that the object store did not fulfil. The message names the object or bucket and is safe for callers. */
public abstract sealed class ObjectStoreException extends RuntimeException {
    private ObjectStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** True where it is the caller's to put right: what they named is missing or denied. */
    public boolean isCallersFault() {
        return true;
    }

    /** There is no such object; its bucket may be missing too, where the store does not tell them apart. */
    public static final class MissingObject extends ObjectStoreException {
        MissingObject(String what, Throwable cause) {
            super(what + " does not exist.", cause);
        }
    }

    /** There is no such bucket. */
    public static final class MissingBucket extends ObjectStoreException {
        MissingBucket(String bucket, Throwable cause) {
            super("The bucket " + bucket + " does not exist.", cause);
        }
    }

    /** The object is larger than what was asked for. */
    public static final class TooLarge extends ObjectStoreException {
        TooLarge(String what, long maxBytes) {
            super(what + " is larger than " + maxBytes / (1024 * 1024) + " MB.", null);
        }
    }

    /** The service's credentials do not allow it. */
    public static final class Denied extends ObjectStoreException {
        Denied(String what, Throwable cause) {
            super("Access to " + what + " was denied.", cause);
        }
    }

    /** The store will not do it, however often it is asked: a wrong region, no such version, or more than it can. */
    public static final class Refused extends ObjectStoreException {
        Refused(String what, Throwable cause) {
            super("The object store refused to give access to " + what + ".", cause);
        }

        /** 501: the store does not know how. */
        boolean isForWantOfTheFeature() {
            return getCause() instanceof S3Exception refused && refused.statusCode() == 501;
        }
    }

    /** A version was asked for, and the store keeps none. */
    public static final class NoVersions extends ObjectStoreException {
        NoVersions(Throwable cause) {
            super("The object store keeps no versions of its objects.", cause);
        }
    }

    /** The store could not be reached, or failed: worth trying again later. */
    public static final class Unavailable extends ObjectStoreException {
        public Unavailable(String what, Throwable cause) {
            super("The object store did not answer for " + what + ".", cause);
        }

        @Override
        public boolean isCallersFault() {
            return false;
        }
    }
}
