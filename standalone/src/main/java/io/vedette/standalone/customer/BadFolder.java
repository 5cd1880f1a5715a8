package io.vedette.standalone.customer;

import java.io.IOException;

/** The folder to train from is not laid out as it must be; the message is one sentence that names what is wrong. */
public final class BadFolder extends RuntimeException {
    public BadFolder(String message) {
        super(message);
    }

    BadFolder(String what, IOException cause) {
        super(what + " cannot be read (" + cause.getMessage() + ").", cause);
    }
}
