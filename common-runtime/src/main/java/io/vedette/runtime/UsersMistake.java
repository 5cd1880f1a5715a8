package io.vedette.runtime;

/** Work that cannot be done because of what the caller gave; trying again would not help. The message is for them. */
public final class UsersMistake extends RuntimeException {
    public UsersMistake(String message, Throwable cause) {
        super(message, cause);
    }

    public UsersMistake(String message) {
        this(message, null);
    }
}
