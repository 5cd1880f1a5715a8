package io.vedette.runtime;

/** The work has failed by a fault of ours, in words that help whoever runs the workers. Another attempt may succeed. */
public final class WorkFailure extends RuntimeException {
    public WorkFailure(String message) {
        super(message);
    }
}
