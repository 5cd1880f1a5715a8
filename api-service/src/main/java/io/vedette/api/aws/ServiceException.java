package io.vedette.api.aws;

import java.time.Duration;
import java.util.Optional;

/** A call that is not answered as it was meant to be. The message is for the caller. Made by {@link AwsError#because}. */
public final class ServiceException extends RuntimeException {
    private final AwsError error;
    private final transient Details details;

    ServiceException(AwsError error, String message, Details details) {
        super(message);
        this.error = error;
        this.details = details;
    }

    /** The members that only some errors have. */
    record Details(Optional<Resource> resource, Optional<String> quotaCode, Optional<Duration> retryAfter) {
        static final Details NONE = new Details(Optional.empty(), Optional.empty(), Optional.empty());

        static Details of(Resource resource) {
            return new Details(Optional.of(resource), Optional.empty(), Optional.empty());
        }
    }

    /** The same, of this quota; required where a quota is exceeded. */
    public ServiceException ofQuota(String code) {
        return new ServiceException(
                error, getMessage(), new Details(details.resource(), Optional.of(code), details.retryAfter()));
    }

    /** The same, with the advice to try again no sooner than after this time; told in whole seconds. */
    public ServiceException retryAfter(Duration time) {
        return new ServiceException(
                error, getMessage(), new Details(details.resource(), details.quotaCode(), Optional.of(time)));
    }

    public AwsError error() {
        return error;
    }

    public Optional<Resource> resource() {
        return details.resource();
    }

    Optional<String> quotaCode() {
        return details.quotaCode();
    }

    Optional<Duration> retryAfter() {
        return details.retryAfter();
    }
}
