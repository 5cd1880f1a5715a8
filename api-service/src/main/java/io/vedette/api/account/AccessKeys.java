package io.vedette.api.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The access keys of all accounts. */
@ApplicationScoped
class AccessKeys {
    private final EntityManager entities;

    AccessKeys(EntityManager entities) {
        this.entities = entities;
    }

    @Transactional
    Optional<AccessKey> find(String accessKeyId) {
        List<?> rows = entities.createNativeQuery("select account, secret from access_key where access_key_id = ?1")
                .setParameter(1, accessKeyId)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new AccessKey(accessKeyId, (String) row[0], (String) row[1]))
                .findFirst();
    }

    /** Adds the key, or gives it this account and secret. */
    @Transactional
    void put(AccessKey key) {
        entities.createNativeQuery("insert into access_key (access_key_id, account, secret) values (?1, ?2, ?3)"
                        + " on conflict (access_key_id) do update set account = excluded.account,"
                        + " secret = excluded.secret")
                .setParameter(1, key.accessKeyId())
                .setParameter(2, key.account())
                .setParameter(3, key.secret())
                .executeUpdate();
    }
}
