package io.vedette.inference;

/** A model that cannot be loaded, however often one tries. The message is safe for the caller. */
final class UnusableModel extends RuntimeException {
    UnusableModel(String message, Throwable cause) {
        super(message, cause);
    }
}
