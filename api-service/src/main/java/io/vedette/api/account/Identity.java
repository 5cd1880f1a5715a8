package io.vedette.api.account;

import io.vedette.api.audit.Principal;
import io.vedette.common.Scope;
import java.util.Optional;

/** Who has signed a call. */
record Identity(Scope scope, AccessKey key, Optional<Integer> requestsPerSecond) {
    String accessKeyId() {
        return key.accessKeyId();
    }

    Principal principal() {
        return new Principal(key.account(), key.accessKeyId(), key.name(), key.root());
    }
}
