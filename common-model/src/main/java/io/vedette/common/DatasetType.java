package io.vedette.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a data set is for. On the wire {@code train} and {@code test}. */
public enum DatasetType {
    TRAIN("train"),
    TEST("test");

    private final String wire;

    DatasetType(String wire) {
        this.wire = wire;
    }

    /** @throws IllegalArgumentException if {@code text} is neither {@code train} nor {@code test} */
    @JsonCreator
    public static DatasetType parse(String text) {
        for (DatasetType type : values()) {
            if (type.wire.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("datasetType must be train or test");
    }

    @JsonValue
    @Override
    public String toString() {
        return wire;
    }
}
