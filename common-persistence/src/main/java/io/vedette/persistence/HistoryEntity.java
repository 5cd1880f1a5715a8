package io.vedette.persistence;

import io.vedette.common.ModelStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A row of {@code model_history}; it leaves this package only as a {@link History.Entry}. */
@Entity(name = "History")
@Table(name = "model_history")
class HistoryEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long seq;

    @Column(name = "model_id")
    UUID modelId;

    Instant at;

    @Enumerated(EnumType.STRING)
    ModelStatus status;

    @Enumerated(EnumType.STRING)
    Phase phase;

    Integer attempt;
    String cause;

    History.Entry entry() {
        return new History.Entry(at, status, Optional.ofNullable(phase), Optional.ofNullable(attempt), cause);
    }
}
