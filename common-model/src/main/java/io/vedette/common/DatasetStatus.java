package io.vedette.common;

/** The states of a data set, named as on the wire (specification §3.3). */
public enum DatasetStatus {
    CREATE_IN_PROGRESS,
    CREATE_COMPLETE,
    CREATE_FAILED,
    UPDATE_IN_PROGRESS,
    UPDATE_COMPLETE,
    UPDATE_FAILED_ROLLBACK_IN_PROGRESS,
    UPDATE_FAILED_ROLLBACK_COMPLETE,
    DELETE_IN_PROGRESS,
    DELETE_COMPLETE,
    DELETE_FAILED;

    /** True while an import or a rollback is at it. */
    public boolean isInProgress() {
        return this == CREATE_IN_PROGRESS || this == UPDATE_IN_PROGRESS || this == UPDATE_FAILED_ROLLBACK_IN_PROGRESS;
    }

    /** True where the entries stand still and are whole: they may be trained on or updated. */
    public boolean isComplete() {
        return this == CREATE_COMPLETE || this == UPDATE_COMPLETE || this == UPDATE_FAILED_ROLLBACK_COMPLETE;
    }
}
