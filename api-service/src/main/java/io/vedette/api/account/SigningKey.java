package io.vedette.api.account;

import java.util.Optional;

/**
 * A key with all that it takes to check a call of it.
 *
 * @param tokenHash SHA-256 of the session token that temporary credentials come with
 * @param requestsPerSecond the account's own figure
 */
record SigningKey(AccessKey key, String secret, Optional<byte[]> tokenHash, Optional<Integer> requestsPerSecond) {
    /** Without the secret, so that no log can have it. */
    @Override
    public String toString() {
        return "SigningKey[" + key.accessKeyId() + " of " + key.account() + "]";
    }
}
