package io.vedette.api.tracking;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** The stored lease clock. */
@ApplicationScoped
public class LeaseClocks implements PanacheRepositoryBase<LeaseClockEntity, Short> {

    /** The clock, locked until the transaction ends: two consumers in a rebalance apply a record once. */
    LeaseClock read() {
        LeaseClockEntity row = findById(LeaseClockEntity.ONLY, LockModeType.PESSIMISTIC_WRITE);
        return new LeaseClock(
                row.nextOffset,
                row.elapsed,
                Optional.ofNullable(row.lastTickAt),
                Optional.ofNullable(row.lastRecordAt));
    }

    /** True if this installation has ever heard from its broker. */
    @Transactional
    public boolean haveTicked() {
        return count("lastTickAt is not null") > 0;
    }

    void write(LeaseClock clock) {
        LeaseClockEntity row = findById(LeaseClockEntity.ONLY);
        row.nextOffset = clock.nextOffset();
        row.elapsed = clock.elapsed();
        row.lastTickAt = clock.lastTick().orElse(null);
        row.lastRecordAt = clock.lastRecord().orElse(null);
    }
}
