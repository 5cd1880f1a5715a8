package io.vedette.common;

/** Where a batch detection stands. */
public enum BatchStatus {
    QUEUED,
    IN_PROGRESS,
    COMPLETE,
    FAILED,
    STOPPED;

    /** Whether it has come to its end. */
    public boolean isSettled() {
        return this != QUEUED && this != IN_PROGRESS;
    }
}
