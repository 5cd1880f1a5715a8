package io.vedette.api.policy;

/** What policies say together. An explicit deny wins, and what nothing allows is denied. */
public enum Decision {
    ALLOWED,
    NOT_ALLOWED,
    DENIED
}
