package io.vedette.api.account;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.vedette.common.CannotStart;
import io.vedette.common.Scope;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Puts the configured key among the others at every start, so that a new secret takes effect by a restart, and sees to
 * it that all secrets are sealed with the configured key.
 */
@ApplicationScoped
class RootKey {
    /** And before the scheduler, whose jobs would complain of an api that ends for want of a key. */
    private static final int AFTER_THE_SCHEMA = -900;

    private final RootSettings settings;
    private final AccessKeys keys;
    private final Accounts accounts;

    RootKey(RootSettings settings, AccessKeys keys, Accounts accounts) {
        this.settings = settings;
        this.keys = keys;
        this.accounts = accounts;
    }

    void start(@Observes @Priority(AFTER_THE_SCHEMA) StartupEvent started) {
        int sealed = keys.sealAll();
        if (sealed > 0) {
            Log.infof("sealed secrets=%d", sealed);
        }
        if (settings.accessKeyId().isEmpty()) {
            Log.warn("no vedette.root.access-key-id: only access keys that Postgres has already can call");
            return;
        }
        String secret = settings.secretAccessKey()
                .orElseThrow(() ->
                        new CannotStart("vedette.root.access-key-id needs vedette.root.secret-access-key beside it"));
        // Checks the account's shape before it is in the table.
        Scope scope = new Scope(settings.account(), "any");
        AccessKey key = new AccessKey(
                settings.accessKeyId().get(),
                scope.account(),
                "root",
                true,
                true,
                List.of(),
                Instant.now(),
                Optional.empty());
        accounts.require(key.account());
        keys.put(new SigningKey(key, secret, Optional.empty(), Optional.empty()));
        Log.infof("accepted key=%s account=%s", key.accessKeyId(), key.account());
    }

    /** Whether the configuration names this key now. */
    boolean isNow(String accessKeyId) {
        return settings.accessKeyId().filter(accessKeyId::equals).isPresent();
    }

    @Scheduled(every = "1h", delayed = "2m")
    void forget() {
        keys.deleteExpired();
    }
}
