package io.vedette.api.policy;

/** A document that is no policy, or asks for what is not supported: never half understood. The message is safe to show. */
public final class BadPolicy extends IllegalArgumentException {
    BadPolicy(String message) {
        super(message);
    }
}
