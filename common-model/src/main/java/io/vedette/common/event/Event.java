package io.vedette.common.event;

/** A fact that happened; the data of one CloudEvent. Its JSON Schema is {@code /schemas/<type>.json}. */
public sealed interface Event permits WorkEvent, RunEvent, RunCancelled, LifecycleEvent {
    /** The CloudEvents {@code type}: {@code io.vedette.} and the record's name. */
    default String type() {
        return "io.vedette." + getClass().getSimpleName();
    }
}
