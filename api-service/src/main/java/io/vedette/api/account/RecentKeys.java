package io.vedette.api.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys that have signed a call within the last second, so that a busy caller's calls do not each ask Postgres. What
 * this process changes is forgotten with the change; what another replica changes, within the second.
 */
@ApplicationScoped
class RecentKeys {
    private static final long LIFE = Duration.ofSeconds(1).toNanos();
    private static final int MOST = 10_000;

    private final Map<String, Held> keys = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    private record Held(SigningKey key, long readAt) {}

    /** Fired by whoever changes a key, or an account's figures, in the transaction that does. */
    record Changed() {}

    /** How many changes there have been; to be asked before a key is read. */
    long changes() {
        return changes.get();
    }

    /** @param seen {@link #changes} before the key was read: what was read before a change is not kept */
    void keep(SigningKey key, long seen) {
        if (keys.size() >= MOST) {
            keys.clear();
        }
        keys.put(key.key().accessKeyId(), new Held(key, System.nanoTime()));
        if (changes.get() != seen) {
            keys.remove(key.key().accessKeyId());
        }
    }

    /** As it was within the last second. */
    Optional<SigningKey> find(String accessKeyId) {
        return Optional.ofNullable(keys.get(accessKeyId))
                .filter(held -> System.nanoTime() - held.readAt() < LIFE)
                .map(Held::key);
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) Changed change) {
        // INVARIANT: counted first, so that whoever keeps a key between the two sees the change, or is cleared.
        changes.incrementAndGet();
        keys.clear();
    }
}
