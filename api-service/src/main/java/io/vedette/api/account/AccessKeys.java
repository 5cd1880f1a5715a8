package io.vedette.api.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The access keys of all accounts. Secrets go in and come out sealed. */
@ApplicationScoped
class AccessKeys {
    private static final String COLUMNS = "select k.access_key_id, k.account, k.name, k.root, k.active, k.policies,"
            + " k.created_at, k.expires_at, k.secret, k.sealed_secret, k.token_sha256, a.requests_per_second"
            + " from access_key k join account a using (account)";

    private final EntityManager entities;
    private final SecretSeal seal;
    private final KeyPolicies policies;
    private final Event<RecentKeys.Changed> changed;

    AccessKeys(EntityManager entities, SecretSeal seal, KeyPolicies policies, Event<RecentKeys.Changed> changed) {
        this.entities = entities;
        this.seal = seal;
        this.policies = policies;
        this.changed = changed;
    }

    /** Active or not, expired or not. */
    @Transactional
    Optional<SigningKey> find(String accessKeyId) {
        List<?> rows = entities.createNativeQuery(COLUMNS + " where k.access_key_id = ?1")
                .setParameter(1, accessKeyId)
                .getResultList();
        return rows.stream().map(Object[].class::cast).map(this::signingKey).findFirst();
    }

    /** Oldest first. @param account empty for those of all accounts */
    @Transactional
    List<AccessKey> list(Optional<String> account) {
        List<?> rows = entities.createNativeQuery(
                        COLUMNS + " where k.account = ?1 or ?1 = '' order by k.created_at, k.access_key_id")
                .setParameter(1, account.orElse(""))
                .getResultList();
        return rows.stream().map(Object[].class::cast).map(this::key).toList();
    }

    /** Adds the key, or gives it all that is said here. Its account has to be there. */
    @Transactional
    void put(SigningKey signing) {
        AccessKey key = signing.key();
        changed.fire(new RecentKeys.Changed());
        entities.createNativeQuery("insert into access_key (access_key_id, account, name, root, active, policies,"
                        + " created_at, expires_at, sealed_secret, token_sha256)"
                        + " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, cast(?8 as timestamptz), ?9, cast(?10 as bytea))"
                        + " on conflict (access_key_id) do update set account = excluded.account,"
                        + " name = excluded.name, root = excluded.root, active = excluded.active,"
                        + " policies = excluded.policies, expires_at = excluded.expires_at, secret = null,"
                        + " sealed_secret = excluded.sealed_secret, token_sha256 = excluded.token_sha256")
                .setParameter(1, key.accessKeyId())
                .setParameter(2, key.account())
                .setParameter(3, key.name())
                .setParameter(4, key.root())
                .setParameter(5, key.active())
                .setParameter(6, policies.text(key.policies()))
                .setParameter(7, key.createdAt())
                .setParameter(8, key.expiresAt().map(Instant::toString).orElse(null))
                .setParameter(9, seal.seal(key.accessKeyId(), signing.secret()))
                .setParameter(10, signing.tokenHash().orElse(null))
                .executeUpdate();
    }

    /** True if there is such a key. */
    @Transactional
    boolean setActive(String accessKeyId, boolean active) {
        changed.fire(new RecentKeys.Changed());
        return entities.createNativeQuery("update access_key set active = ?2 where access_key_id = ?1")
                        .setParameter(1, accessKeyId)
                        .setParameter(2, active)
                        .executeUpdate()
                == 1;
    }

    /** True if there was such a key. */
    @Transactional
    boolean delete(String accessKeyId) {
        changed.fire(new RecentKeys.Changed());
        return entities.createNativeQuery("delete from access_key where access_key_id = ?1")
                        .setParameter(1, accessKeyId)
                        .executeUpdate()
                == 1;
    }

    /** Expired an hour ago: until then their callers are told so. */
    @Transactional
    int deleteExpired() {
        return entities.createNativeQuery("delete from access_key where expires_at < now() - interval '1 hour'")
                .executeUpdate();
    }

    /** Seals what is not sealed, or with the previous key. @return how many secrets that were */
    @Transactional
    int sealAll() {
        List<?> rows = entities.createNativeQuery(
                        "select access_key_id, secret, sealed_secret from access_key order by access_key_id for update")
                .getResultList();
        return (int) rows.stream()
                .map(Object[].class::cast)
                .filter(row -> sealAnew((String) row[0], (String) row[1], (byte[]) row[2]))
                .count();
    }

    private boolean sealAnew(String accessKeyId, String plain, byte[] sealed) {
        SecretSeal.Opened opened = plain != null ? new SecretSeal.Opened(plain, false) : seal.open(accessKeyId, sealed);
        if (opened.current()) {
            return false;
        }
        entities.createNativeQuery("update access_key set sealed_secret = ?2, secret = null where access_key_id = ?1")
                .setParameter(1, accessKeyId)
                .setParameter(2, seal.seal(accessKeyId, opened.secret()))
                .executeUpdate();
        return true;
    }

    private SigningKey signingKey(Object[] row) {
        AccessKey key = key(row);
        String secret = row[9] == null
                ? (String) row[8]
                : seal.open(key.accessKeyId(), (byte[]) row[9]).secret();
        return new SigningKey(
                key, secret, Optional.ofNullable((byte[]) row[10]), Optional.ofNullable((Integer) row[11]));
    }

    private AccessKey key(Object[] row) {
        return new AccessKey(
                (String) row[0],
                (String) row[1],
                (String) row[2],
                (Boolean) row[3],
                (Boolean) row[4],
                policies.texts((String) row[5]),
                (Instant) row[6],
                Optional.ofNullable((Instant) row[7]));
    }
}
