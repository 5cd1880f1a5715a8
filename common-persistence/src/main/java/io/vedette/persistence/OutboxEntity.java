package io.vedette.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A row of {@code outbox}; it leaves this package only as an {@link Outbox.Letter}. */
@Entity(name = "Outbox")
@Table(name = "outbox")
class OutboxEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "event_id")
    UUID eventId;

    String topic;
    String key;
    String type;
    String subject;
    String data;
    String traceparent;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "published_at")
    Instant publishedAt;

    Integer partition;

    @Column(name = "offset_")
    Long offset;

    String parked;

    Outbox.Letter letter() {
        return new Outbox.Letter(
                id, eventId, topic, key, type, subject, data, Optional.ofNullable(traceparent), createdAt);
    }
}
