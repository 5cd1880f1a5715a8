package io.vedette.runtime;

import java.io.IOException;

/** The work has failed by a fault of ours, in words that help whoever runs the workers. Another attempt may succeed. */
public final class WorkFailure extends RuntimeException {
    public WorkFailure(String message) {
        super(message);
    }

    /** What people are told of a fault that nobody expected. */
    public static String sentence(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    && String.valueOf(cause.getMessage()).contains("No space left on device")) {
                return "The disk of the worker's scratch directory (VEDETTE_WORKER_SCRATCH) is full.";
            }
        }
        return "An internal error stopped the work (" + fault.getClass().getSimpleName() + ").";
    }
}
