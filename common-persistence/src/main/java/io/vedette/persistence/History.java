package io.vedette.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.common.ModelStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All that ever became of a model, with time and cause; written in the transaction of each change. */
@ApplicationScoped
public class History implements PanacheRepositoryBase<HistoryEntity, Long> {

    /**
     * @param phase where a model in TRAINING stood from then on
     * @param attempt of that phase
     * @param cause in words for people
     */
    public record Entry(
            Instant at, ModelStatus status, Optional<Phase> phase, Optional<Integer> attempt, String cause) {}

    /** A step within TRAINING. */
    public void add(UUID modelId, Phase phase, int attempt, String cause) {
        HistoryEntity row = row(modelId, ModelStatus.TRAINING, cause);
        row.phase = phase;
        row.attempt = attempt;
        persist(row);
    }

    /** Another status. */
    public void add(UUID modelId, ModelStatus status, String cause) {
        persist(row(modelId, status, cause));
    }

    /** Oldest first. */
    public List<Entry> of(UUID modelId) {
        return find("modelId = ?1 order by seq", modelId).stream()
                .map(HistoryEntity::entry)
                .toList();
    }

    private static HistoryEntity row(UUID modelId, ModelStatus status, String cause) {
        HistoryEntity row = new HistoryEntity();
        row.modelId = modelId;
        row.at = Instant.now();
        row.status = status;
        row.cause = cause;
        return row;
    }
}
