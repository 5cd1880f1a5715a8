package io.vedette.persistence;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.common.event.Event;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.MDC;

/** Events that are to be published because a transaction committed: written in it, sent by the api's relay. */
@ApplicationScoped
public class Outbox implements PanacheRepositoryBase<OutboxEntity, Long> {
    private final jakarta.enterprise.event.Event<Written> written;

    Outbox(jakarta.enterprise.event.Event<Written> written) {
        this.written = written;
    }

    /** Fired with each row; observe it after the transaction's success to send at once. */
    public record Written() {}

    /**
     * A row that waits to be sent.
     *
     * @param topic without any prefix
     * @param data the event as JSON
     */
    public record Letter(
            long id,
            UUID eventId,
            String topic,
            String key,
            String type,
            String subject,
            String data,
            Optional<String> traceparent,
            Instant createdAt) {}

    /**
     * Joins the caller's transaction. The subject is the key; the caller's {@code traceparent} goes along where the
     * thread's logging context has one.
     *
     * @return the event's id
     */
    public UUID add(Topic topic, String key, Event event) {
        OutboxEntity row = new OutboxEntity();
        row.eventId = UUID.randomUUID();
        row.topic = topic.suffix();
        row.key = key;
        row.type = event.type();
        row.subject = key;
        row.data = EventJson.write(event);
        row.traceparent = (String) MDC.get("traceparent");
        row.createdAt = Instant.now();
        persist(row);
        written.fire(new Written());
        return row.eventId;
    }

    public boolean hasUnpublished() {
        return find("publishedAt is null and parked is null")
                .page(0, 1)
                .firstResultOptional()
                .isPresent();
    }

    /** The oldest rows that wait to be sent. By flag, never by id: a slower transaction's lower id comes later. */
    public List<Letter> unpublished(int limit, Set<String> topicsLeftOut) {
        String waits = "publishedAt is null and parked is null";
        PanacheQuery<OutboxEntity> rows = topicsLeftOut.isEmpty()
                ? find(waits + " order by id")
                : find(waits + " and topic not in ?1 order by id", topicsLeftOut);
        return rows.page(0, limit).stream().map(OutboxEntity::letter).toList();
    }

    /** Notes where the broker put the record. */
    public void markPublished(long id, int partition, long offset) {
        update("publishedAt = ?1, partition = ?2, offset = ?3 where id = ?4", Instant.now(), partition, offset, id);
    }

    /** Sets a record aside that can never be sent. */
    public void park(long id, String reason) {
        update("parked = ?1 where id = ?2", reason, id);
    }

    /**
     * Removes rows that were published before this, in a transaction of its own. Those stay that say where the present
     * request of a model or of a batch lies.
     *
     * @return how many, at most {@code limit}: if so many, there may be more
     */
    @Transactional
    public int forget(Instant before, int limit) {
        return getEntityManager()
                .createNativeQuery("""
                        delete from outbox where id in (
                          select o.id from outbox o where o.published_at < :before
                            and not exists (select 1 from model m
                                            where m.dispatch_event = o.event_id and m.status = 'TRAINING')
                            and not exists (select 1 from batch_detection b
                                            where b.dispatch_event = o.event_id and b.status in ('QUEUED', 'IN_PROGRESS'))
                          order by o.published_at limit :limit)
                        """)
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
