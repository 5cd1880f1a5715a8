package io.vedette.api.aws;

/** Every error a caller can be told, with its name and status on the wire (specification §2.5). */
public enum AwsError {
    VALIDATION("ValidationException", 400),
    ACCESS_DENIED("AccessDeniedException", 403),
    NOT_FOUND("ResourceNotFoundException", 404),
    CONFLICT("ConflictException", 409),
    QUOTA_EXCEEDED("ServiceQuotaExceededException", 402),
    THROTTLING("ThrottlingException", 429),
    INTERNAL("InternalServerException", 500),

    // Said at the front door, before any operation; the service's model does not list them.
    UNKNOWN_OPERATION("UnknownOperationException", 404),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 403),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 403),
    INVALID_SIGNATURE("InvalidSignatureException", 403),
    EXPIRED_TOKEN("ExpiredTokenException", 403);

    private final String wireName;
    private final int status;

    AwsError(String wireName, int status) {
        this.wireName = wireName;
        this.status = status;
    }

    /** As in the header {@code x-amzn-errortype}. */
    public String wireName() {
        return wireName;
    }

    public int status() {
        return status;
    }

    public ServiceException because(String message) {
        return new ServiceException(this, message, ServiceException.Details.NONE);
    }

    /** For the errors that name a resource: not found, conflict, quota exceeded. */
    public ServiceException because(Resource resource, String message) {
        return new ServiceException(this, message, ServiceException.Details.of(resource));
    }
}
