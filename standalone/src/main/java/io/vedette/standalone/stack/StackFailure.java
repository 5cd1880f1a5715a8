package io.vedette.standalone.stack;

/** The stack cannot do what was asked; the message is one sentence for the person at the terminal. */
public final class StackFailure extends RuntimeException {
    public StackFailure(String message) {
        super(message);
    }

    public StackFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
