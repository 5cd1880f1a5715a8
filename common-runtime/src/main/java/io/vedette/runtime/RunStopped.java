package io.vedette.runtime;

/** Thrown into work that is to stop at this step: its run was cancelled, or the worker is shutting down. */
public final class RunStopped extends RuntimeException {
    RunStopped(String reason) {
        super(reason);
    }
}
