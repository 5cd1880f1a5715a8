package io.vedette.api.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All accounts. What each may name is read where buckets are checked ({@code AccountBuckets}). */
@ApplicationScoped
class Accounts {
    private final EntityManager entities;
    private final KeyPolicies texts;
    private final Event<RecentKeys.Changed> changed;

    Accounts(EntityManager entities, KeyPolicies texts, Event<RecentKeys.Changed> changed) {
        this.entities = entities;
        this.texts = texts;
        this.changed = changed;
    }

    @Transactional
    List<Account> list() {
        List<?> rows = entities.createNativeQuery("select account, name, buckets, concurrent_trainings,"
                        + " requests_per_second, created_at from account order by account")
                .getResultList();
        return rows.stream().map(Object[].class::cast).map(this::account).toList();
    }

    @Transactional
    Optional<Account> find(String account) {
        return list().stream().filter(each -> each.account().equals(account)).findFirst();
    }

    /** Adds it if it is not there; it may then name any bucket. */
    @Transactional
    void require(String account) {
        entities.createNativeQuery("insert into account (account, name) values (?1, ?1) on conflict do nothing")
                .setParameter(1, account)
                .executeUpdate();
    }

    /** Adds the account, or gives it all that is said here. */
    @Transactional
    void put(Account account) {
        changed.fire(new RecentKeys.Changed());
        entities.createNativeQuery("insert into account (account, name, buckets, concurrent_trainings,"
                        + " requests_per_second) values (?1, ?2, cast(?3 as text), cast(?4 as integer),"
                        + " cast(?5 as integer)) on conflict (account) do update set name = excluded.name,"
                        + " buckets = excluded.buckets, concurrent_trainings = excluded.concurrent_trainings,"
                        + " requests_per_second = excluded.requests_per_second")
                .setParameter(1, account.account())
                .setParameter(2, account.name())
                .setParameter(3, account.buckets().map(texts::text).orElse(null))
                .setParameter(4, account.trainings().orElse(null))
                .setParameter(5, account.requestsPerSecond().orElse(null))
                .executeUpdate();
    }

    private Account account(Object[] row) {
        return new Account(
                (String) row[0],
                (String) row[1],
                Optional.ofNullable((String) row[2]).map(texts::texts),
                Optional.ofNullable((Integer) row[3]),
                Optional.ofNullable((Integer) row[4]),
                (Instant) row[5]);
    }
}
