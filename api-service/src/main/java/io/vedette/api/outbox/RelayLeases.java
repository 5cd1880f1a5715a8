package io.vedette.api.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.UUID;

/**
 * Which replica's relay has a batch under way, on the database's clock. A lease outlives all that its holder may still send:
 * {@link Courier#BLOCK} and {@link Courier#DELIVERY} after it was acquired, and some seconds for the database.
 */
@ApplicationScoped
class RelayLeases {
    static final Duration LEASE = Duration.ofSeconds(15);
    /** So long after it was acquired a batch may still be begun. */
    static final Duration MOST_UNUSED = LEASE.minus(Courier.BLOCK).minus(Courier.DELIVERY);

    private final EntityManager entities;

    RelayLeases(EntityManager entities) {
        this.entities = entities;
    }

    /** True if the lease was free, expired or ours; it is ours then for {@link #LEASE}. */
    @Transactional
    boolean acquire(UUID holder) {
        return entities.createNativeQuery("""
                                update relay_lease set holder = :holder, until = clock_timestamp() + cast(:lease as interval)
                                where id = 1 and (holder is null or holder = :holder or until < clock_timestamp())
                                """)
                        .setParameter("holder", holder)
                        .setParameter("lease", LEASE.toSeconds() + " seconds")
                        .executeUpdate()
                == 1;
    }

    /** False if another has had it since. */
    @Transactional
    boolean renew(UUID holder) {
        return entities.createNativeQuery("""
                                update relay_lease set until = clock_timestamp() + cast(:lease as interval)
                                where id = 1 and holder = :holder and until > clock_timestamp()
                                """)
                        .setParameter("holder", holder)
                        .setParameter("lease", LEASE.toSeconds() + " seconds")
                        .executeUpdate()
                == 1;
    }

    @Transactional
    void release(UUID holder) {
        entities.createNativeQuery(
                        "update relay_lease set holder = null, until = null where id = 1 and holder = :holder")
                .setParameter("holder", holder)
                .executeUpdate();
    }
}
