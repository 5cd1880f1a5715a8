package io.vedette.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.common.ModelStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What callers want hosted, and the steps of a hosting. Each step is a compare-and-set: true for the one that took it. */
@ApplicationScoped
public class Hostings implements PanacheRepositoryBase<HostingEntity, UUID> {
    private final Models models;

    Hostings(Models models) {
        this.models = models;
    }

    /** Empty too if another transaction has removed it meanwhile. */
    public Optional<Hosting> find(UUID modelId) {
        // Columns, not the entity: what this transaction has read before may be older than its own bulk updates.
        return getEntityManager()
                .createQuery(
                        "select new io.vedette.persistence.HostingEntity(modelId, minUnits, maxUnits, askedAt, failure)"
                                + " from Hosting where modelId = ?1",
                        HostingEntity.class)
                .setParameter(1, modelId)
                .getResultStream()
                .findFirst()
                .map(HostingEntity::state);
    }

    /** The models that are on their way to be hosted, or not to be. */
    public List<Model> inTransition() {
        return models.find("status in ?1", List.of(ModelStatus.STARTING_HOSTING, ModelStatus.STOPPING_HOSTING)).stream()
                .map(models::read)
                .toList();
    }

    /** The models that detect. */
    public List<Model> serving() {
        return models.find("status in ?1", List.of(ModelStatus.HOSTED, ModelStatus.SYSTEM_UPDATING)).stream()
                .map(models::read)
                .toList();
    }

    /**
     * From TRAINED or HOSTING_FAILED to STARTING_HOSTING.
     *
     * @param maxUnits null where the caller named none
     */
    public boolean start(Model model, int minUnits, Integer maxUnits, Instant now) {
        if (!move(model, ModelStatus.STARTING_HOSTING)) {
            return false;
        }
        deleteById(model.modelId());
        persistAndFlush(new HostingEntity(model.modelId(), minUnits, maxUnits, now, null));
        return true;
    }

    /** From wherever the model was when it was read to STOPPING_HOSTING. */
    public boolean stop(Model model) {
        return move(model, ModelStatus.STOPPING_HOSTING);
    }

    /** STARTING_HOSTING to HOSTED. */
    public boolean host(Model model) {
        return model.status() == ModelStatus.STARTING_HOSTING && move(model, ModelStatus.HOSTED);
    }

    /** STARTING_HOSTING to HOSTING_FAILED. @param reason safe for the caller */
    public boolean fail(Model model, String reason) {
        if (model.status() != ModelStatus.STARTING_HOSTING || !move(model, ModelStatus.HOSTING_FAILED)) {
            return false;
        }
        update("failure = ?1 where modelId = ?2", reason, model.modelId());
        return true;
    }

    /** STOPPING_HOSTING to TRAINED. */
    public boolean release(Model model) {
        if (model.status() != ModelStatus.STOPPING_HOSTING || !move(model, ModelStatus.TRAINED)) {
            return false;
        }
        deleteById(model.modelId());
        return true;
    }

    /** Other units, without a gap: they count from the next call on. */
    public boolean resize(UUID modelId, int minUnits, Integer maxUnits) {
        return update("minUnits = ?1, maxUnits = ?2 where modelId = ?3", minUnits, maxUnits, modelId) == 1;
    }

    private boolean move(Model from, ModelStatus to) {
        return models.update("status = ?1 where modelId = ?2 and status = ?3", to, from.modelId(), from.status()) == 1;
    }
}
