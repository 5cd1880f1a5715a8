package io.vedette.common;

/** The states of a model, named as on the wire (specification §3.2). */
public enum ModelStatus {
    TRAINING,
    TRAINED,
    TRAINING_FAILED,
    STARTING_HOSTING,
    HOSTED,
    HOSTING_FAILED,
    STOPPING_HOSTING,
    SYSTEM_UPDATING,
    DELETING
}
