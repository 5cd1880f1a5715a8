package io.vedette.api.hosting;

import io.quarkus.logging.Log;
import io.vedette.common.ModelArn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The operating thresholds that callers have set, with all that were set before. */
@ApplicationScoped
public class Thresholds {
    private final EntityManager entities;

    Thresholds(EntityManager entities) {
        this.entities = entities;
    }

    /** The one that counts now; null for what the model has learned. */
    public Double standing(UUID modelId) {
        List<?> last = entities.createNativeQuery(
                        "select threshold from threshold_change where model_id = ?1 order by id desc limit 1",
                        Double.class)
                .setParameter(1, modelId)
                .getResultList();
        return last.isEmpty() ? null : (Double) last.get(0);
    }

    /**
     * Counts from the next detection on.
     *
     * @param threshold null for what the model has learned
     * @param by access key of the caller
     */
    void change(UUID modelId, ModelArn model, Double threshold, String by) {
        entities.createNativeQuery("insert into threshold_change (model_id, threshold, changed_at, changed_by)"
                        + " values (?1, cast(?2 as double precision), ?3, ?4)")
                .setParameter(1, modelId)
                .setParameter(2, threshold == null ? null : threshold.toString())
                .setParameter(3, Instant.now())
                .setParameter(4, by)
                .executeUpdate();
        Log.infof("changed threshold=%s model=%s key=%s", threshold == null ? "learned" : threshold, model, by);
    }
}
