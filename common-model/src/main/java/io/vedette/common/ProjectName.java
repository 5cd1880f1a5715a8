package io.vedette.common;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A project's name, as the API's ProjectName type allows it (1 to 255 characters). */
public record ProjectName(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_\\-]{0,254}");

    @JsonCreator
    public ProjectName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "projectName must be 1 to 255 letters, digits, '-' or '_'" + " and begin with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
