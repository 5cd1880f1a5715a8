package io.vedette.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A row of {@code hosting}; it leaves this package only as a {@link Hosting}. */
@Entity(name = "Hosting")
@Table(name = "hosting")
class HostingEntity {
    @Id
    @Column(name = "model_id")
    UUID modelId;

    @Column(name = "min_units")
    int minUnits;

    @Column(name = "max_units")
    Integer maxUnits;

    @Column(name = "asked_at")
    Instant askedAt;

    String failure;

    HostingEntity() {}

    HostingEntity(UUID modelId, int minUnits, Integer maxUnits, Instant askedAt, String failure) {
        this.modelId = modelId;
        this.minUnits = minUnits;
        this.maxUnits = maxUnits;
        this.askedAt = askedAt;
        this.failure = failure;
    }

    Hosting state() {
        return new Hosting(minUnits, Optional.ofNullable(maxUnits), askedAt, Optional.ofNullable(failure));
    }
}
