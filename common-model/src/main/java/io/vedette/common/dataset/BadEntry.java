package io.vedette.common.dataset;

/** A manifest line that no image can be made of. The message says what is wrong with it and may be shown to the caller. */
public class BadEntry extends IllegalArgumentException {
    public BadEntry(String message) {
        super(message);
    }
}
