package io.vedette.api.account;

/** A key that signs calls on behalf of an account. */
record AccessKey(String accessKeyId, String account, String secret) {
    /** Without the secret, so that no log can have it. */
    @Override
    public String toString() {
        return "AccessKey[" + accessKeyId + " of " + account + "]";
    }
}
