package io.vedette.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The number of a model within its project: 1, 2, 3, … On the wire a decimal string. */
public record ModelVersion(int number) {
    public ModelVersion {
        if (number < 1) {
            throw new IllegalArgumentException("modelVersion must be 1 or more");
        }
    }

    /** @throws IllegalArgumentException if {@code text} is not {@code [1-9][0-9]*} or does not fit an int */
    @JsonCreator
    public static ModelVersion parse(String text) {
        if (!text.matches("[1-9][0-9]{0,9}")) {
            throw new IllegalArgumentException("modelVersion must be a number from 1 up");
        }
        long number = Long.parseLong(text);
        if (number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("modelVersion is too large");
        }
        return new ModelVersion((int) number);
    }

    @JsonValue
    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
