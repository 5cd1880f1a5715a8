package io.vedette.persistence;

/** Where a model in {@code TRAINING} stands; a settled model has none. */
public enum Phase {
    QUEUED,
    TRAINING,
    EVALUATION_QUEUED,
    EVALUATING
}
