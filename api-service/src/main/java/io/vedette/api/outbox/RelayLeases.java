package io.vedette.api.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Which replica's relay is active, on the database's clock. */
@ApplicationScoped
class RelayLeases {
    private final EntityManager entities;

    RelayLeases(EntityManager entities) {
        this.entities = entities;
    }

    /** True if the lease was free, expired or ours; it is ours then for five seconds. */
    @Transactional
    boolean acquire(UUID holder) {
        return entities.createNativeQuery("""
                                update relay_lease set holder = :holder, until = clock_timestamp() + interval '5 seconds'
                                where id = 1 and (holder is null or holder = :holder or until < clock_timestamp())
                                """).setParameter("holder", holder).executeUpdate() == 1;
    }

    @Transactional
    void release(UUID holder) {
        entities.createNativeQuery(
                        "update relay_lease set holder = null, until = null where id = 1 and holder = :holder")
                .setParameter("holder", holder)
                .executeUpdate();
    }
}
