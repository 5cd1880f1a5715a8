package io.vedette.standalone.customer;

/** Vedette said no, or the training failed; the message is Vedette's own. */
public final class TrainingFailure extends RuntimeException {
    TrainingFailure(String message) {
        super(message);
    }
}
