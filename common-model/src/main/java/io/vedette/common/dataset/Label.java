package io.vedette.common.dataset;

/** What a labelled image shows. On the wire {@code normal} and {@code anomaly}. */
public enum Label {
    NORMAL,
    ANOMALY;

    /** The class name on the wire. */
    public String className() {
        return this == NORMAL ? "normal" : "anomaly";
    }
}
