package io.vedette.api.meter;

import io.vedette.api.meter.Standing.Queue;
import io.vedette.common.ModelStatus;
import io.vedette.persistence.Phase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Asks Postgres how things stand: seven questions, each answered by an index or a small table. */
@ApplicationScoped
class Standings {
    private final EntityManager entities;

    Standings(EntityManager entities) {
        this.entities = entities;
    }

    @Transactional
    Standing now() {
        return new Standing(
                queue("select count(*), min(created_at) from outbox where published_at is null and parked is null"),
                number("select count(*) from outbox where parked is not null"),
                models(),
                training(),
                queue("select count(*), min(created_at) from dataset_import"),
                queue("select count(*), min(asked_at) from batch_detection where status = 'QUEUED'"),
                rows("select last_tick_at from lease_clock").stream()
                        .map(row -> (Instant) row[0])
                        .findFirst()
                        .orElse(null));
    }

    private Map<ModelStatus, Long> models() {
        Map<ModelStatus, Long> models = new EnumMap<>(ModelStatus.class);
        for (Object[] row : rows("select status, count(*) from model group by status")) {
            models.put(ModelStatus.valueOf((String) row[0]), ((Number) row[1]).longValue());
        }
        return models;
    }

    /** A model waits since its history's last entry: a new attempt waits anew. */
    private Map<Phase, Queue> training() {
        Map<Phase, Queue> training = new EnumMap<>(Phase.class);
        for (Object[] row : rows("""
                select phase, count(*), min(coalesce((select max(h.at) from model_history h where h.model_id = m.model_id),
                                                     m.created_at))
                from model m where status = 'TRAINING' and phase is not null group by phase
                """)) {
            training.put(Phase.valueOf((String) row[0]), queue(row, 1));
        }
        return training;
    }

    private Queue queue(String sql) {
        return queue(rows(sql).get(0), 0);
    }

    private static Queue queue(Object[] row, int first) {
        return new Queue(((Number) row[first]).longValue(), (Instant) row[first + 1]);
    }

    private long number(String sql) {
        return ((Number) entities.createNativeQuery(sql).getSingleResult()).longValue();
    }

    @SuppressWarnings("unchecked")
    private List<Object[]> rows(String sql) {
        return entities.createNativeQuery(sql, Object[].class).getResultList();
    }
}
