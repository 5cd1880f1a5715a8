package io.vedette.common;

/** A service cannot do its work as it is set up. The message is one line: what is wrong, and how to mend it. */
public final class CannotStart extends IllegalStateException {
    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
