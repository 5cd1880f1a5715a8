package io.vedette.api.hosting;

import io.vedette.common.inference.InferenceCall;

/** What the inference service answered instead of a result. The message is safe for the caller. */
final class InferenceRefusal extends RuntimeException {
    private final int status;

    InferenceRefusal(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static InferenceRefusal unreachable(Throwable cause) {
        return new InferenceRefusal(
                InferenceCall.UNAVAILABLE, "The inference service cannot be reached at present.", cause);
    }

    boolean isBadImage() {
        return status == InferenceCall.BAD_IMAGE;
    }

    boolean isOverloaded() {
        return status == InferenceCall.OVERLOADED;
    }

    /** The model can never be loaded. */
    boolean isFinal() {
        return status == InferenceCall.BAD_MODEL;
    }

    /** Another try may find the service back, or another replica. */
    boolean mayPass() {
        return status == InferenceCall.UNAVAILABLE;
    }
}
