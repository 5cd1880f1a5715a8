package io.vedette.anomaly.backbone;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The numbers that a network computes with. What goes in and what comes out is float32 in any case. */
public enum Precision {
    @JsonProperty("float32")
    FLOAT32(DataType.FLOAT32),

    /** Half the memory to move, and a GPU's fast units; three decimal digits and nothing above 65504. */
    @JsonProperty("float16")
    FLOAT16(DataType.FLOAT16);

    private final DataType type;

    Precision(DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }
}
