package io.vedette.anomaly.backbone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a frozen network computes, step by step, as the build's export wrote it.
 *
 * @param taps the steps whose outputs are the features, the finest grid first
 */
record Network(String name, List<Tap> taps, List<Step> steps) {
    /** The name of the step that stands for the network's input. */
    static final String IMAGE = "image";

    record Tap(String name, String step) {}

    /**
     * @param op conv, maxpool, avgpool, pad (one zero row and column at the bottom and right), concat or add
     * @param max the value that a rectified output is cut at, or null
     */
    record Step(
            String out,
            String op,
            @JsonProperty("in") List<String> inputs,
            long[] kernel,
            long[] stride,
            long[] padding,
            int groups,
            boolean relu,
            Integer max) {}
}
