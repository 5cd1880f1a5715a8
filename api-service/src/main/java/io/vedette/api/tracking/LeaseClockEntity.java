package io.vedette.api.tracking;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The one row of {@code lease_clock}. */
@Entity(name = "LeaseClock")
@Table(name = "lease_clock")
class LeaseClockEntity {
    static final short ONLY = 1;

    @Id
    short id;

    @Column(name = "next_offset")
    long nextOffset;

    long elapsed;

    @Column(name = "last_tick_at")
    Instant lastTickAt;

    @Column(name = "last_record_at")
    Instant lastRecordAt;
}
