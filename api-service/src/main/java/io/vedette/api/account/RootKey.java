package io.vedette.api.account;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Puts the configured key among the others at every start, so that a new secret takes effect by a restart. */
@ApplicationScoped
class RootKey {
    private final RootSettings settings;
    private final AccessKeys keys;

    RootKey(RootSettings settings, AccessKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    void start(@Observes StartupEvent started) {
        if (settings.accessKeyId().isEmpty()) {
            Log.warn("no vedette.root.access-key-id: only access keys that Postgres has already can call");
            return;
        }
        String secret = settings.secretAccessKey()
                .orElseThrow(() -> new IllegalStateException(
                        "vedette.root.access-key-id needs vedette.root.secret-access-key beside it"));
        // Checks the account's shape before it is in the table.
        Scope scope = new Scope(settings.account(), "any");
        AccessKey key = new AccessKey(settings.accessKeyId().get(), scope.account(), secret);
        keys.put(key);
        Log.infof("accepted key=%s account=%s", key.accessKeyId(), key.account());
    }
}
