package io.vedette.anomaly;

/** A stored model that this installation cannot use, with a message that says why. */
public class IncompatibleModel extends RuntimeException {
    public IncompatibleModel(String message) {
        super(message);
    }
}
