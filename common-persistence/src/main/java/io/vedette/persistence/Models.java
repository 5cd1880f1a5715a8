package io.vedette.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.common.ModelStatus;
import io.vedette.common.ModelVersion;
import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.persistence.Model.Artifact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The models. Every write that can race is one named compare-and-set: true for the one that won. */
@ApplicationScoped
public class Models implements PanacheRepositoryBase<ModelEntity, UUID> {
    private static final Set<ModelStatus> DELETABLE =
            EnumSet.of(ModelStatus.TRAINED, ModelStatus.TRAINING_FAILED, ModelStatus.HOSTING_FAILED);

    public Optional<Model> find(UUID modelId) {
        return findByIdOptional(modelId).map(this::read);
    }

    /** As {@link #find}, and nobody else changes the row before this transaction ends. */
    public Optional<Model> findAndLock(UUID modelId) {
        return findByIdOptional(modelId, LockModeType.PESSIMISTIC_WRITE).map(this::read);
    }

    public Optional<Model> find(UUID projectId, ModelVersion version) {
        return find("projectId = ?1 and version = ?2", projectId, version.number())
                .firstResultOptional()
                .map(this::read);
    }

    /** The project's model of the highest version. */
    public Optional<Model> latest(UUID projectId) {
        return newestFirst(projectId, Integer.MAX_VALUE, 1).stream().findFirst();
    }

    /** At most {@code limit} models of the project with a version below {@code before}, newest first. */
    public List<Model> newestFirst(UUID projectId, int before, int limit) {
        return find("projectId = ?1 and version < ?2 order by version desc", projectId, before).page(0, limit).stream()
                .map(this::read)
                .toList();
    }

    /** Stores the model as {@code TRAINING}, {@link Phase#QUEUED}, attempt 1. */
    public Model add(NewModel asked) {
        ModelEntity row = new ModelEntity();
        row.modelId = asked.modelId();
        row.account = asked.arn().scope().account();
        row.region = asked.arn().scope().region();
        row.projectId = asked.projectId();
        row.projectName = asked.arn().project().value();
        row.version = asked.arn().version().number();
        row.createdAt = asked.createdAt();
        row.description = asked.description();
        row.kmsKeyId = asked.kmsKeyId();
        row.outputBucket = asked.output().bucket();
        row.outputPrefix = asked.output().prefix();
        row.status = ModelStatus.TRAINING;
        row.phase = Phase.QUEUED;
        row.attempt = 1;
        persistAndFlush(row);
        asked.tags().forEach(tag -> addTag(asked.modelId(), tag));
        return read(row);
    }

    private void addTag(UUID modelId, NewModel.Tag tag) {
        ModelTagEntity row = new ModelTagEntity();
        row.modelId = modelId;
        row.key = tag.key();
        row.value = tag.value();
        getEntityManager().persist(row);
    }

    /** How many models wait for a trainer that were asked for before this one, plus one. Approximate. */
    public long queuePosition(Model model) {
        // Written out: Panache's count() has Hibernate make its statement anew each time, which costs more than
        // Postgres.
        return 1
                + getEntityManager()
                        .createQuery(
                                "select count(*) from Model m"
                                        + " where m.status = TRAINING and m.phase = QUEUED and m.createdAt < :before",
                                Long.class)
                        .setParameter("before", model.createdAt())
                        .getSingleResult();
    }

    /**
     * Where the work at a model in TRAINING goes.
     *
     * @param attempt of the kind of work that {@code phase} is of
     * @param lost attempts of it that were lost
     * @param excused attempts of it that ended by nobody's fault
     */
    public record Position(Phase phase, int attempt, int lost, int excused) {}

    /** Moves a model in TRAINING from where it was seen to stand. */
    public boolean advance(Model from, Position to) {
        return update(
                        "phase = ?1, attempt = ?2, lostAttempts = ?3, excusedAttempts = ?4"
                                + " where modelId = ?5 and status = ?6 and phase = ?7 and attempt = ?8",
                        to.phase(),
                        to.attempt(),
                        to.lost(),
                        to.excused(),
                        from.modelId(),
                        ModelStatus.TRAINING,
                        from.phase().orElse(null),
                        from.attempt())
                == 1;
    }

    /** Notes which outbox row asks for the present attempt. */
    public void noteDispatch(UUID modelId, UUID eventId) {
        update(
                "dispatchEvent = ?1, dispatchPartition = null, dispatchOffset = null where modelId = ?2",
                eventId,
                modelId);
    }

    /** Notes where the request for the model's present evaluation was seen on its topic. */
    public void noteDelivery(UUID modelId, int attempt, int partition, long offset) {
        update(
                "dispatchPartition = ?1, dispatchOffset = ?2 where modelId = ?3 and attempt = ?4 and phase = ?5",
                partition,
                offset,
                modelId,
                attempt,
                Phase.EVALUATION_QUEUED);
    }

    /** A request that is on its topic, and that no worker has begun. */
    public record Waiting(UUID modelId, Phase phase, int attempt, int partition, long offset) {}

    /** All requests that wait on their topics, as far as it is known where they lie. */
    public List<Waiting> waiting() {
        return getEntityManager().createQuery("""
                        select new io.vedette.persistence.Models$Waiting(m.modelId, m.phase, m.attempt,
                            coalesce(m.dispatchPartition, o.partition), coalesce(m.dispatchOffset, o.offset))
                        from Model m left join Outbox o on o.eventId = m.dispatchEvent and o.publishedAt is not null
                        where m.status = TRAINING and m.phase in (QUEUED, EVALUATION_QUEUED)
                          and coalesce(m.dispatchOffset, o.offset) is not null
                        """, Waiting.class).getResultList();
    }

    /** Notes the first artifact that is announced for a model in TRAINING; later ones change nothing. */
    public boolean claimArtifact(UUID modelId, Artifact artifact) {
        return update(
                        "trainingRunId = ?1, artifact = ?2, artifactSha256 = ?3, trainingImages = ?4"
                                + " where modelId = ?5 and status = ?6 and trainingRunId is null",
                        artifact.trainingRunId(),
                        artifact.key(),
                        artifact.sha256().orElse(null),
                        artifact.trainingImages(),
                        modelId,
                        ModelStatus.TRAINING)
                == 1;
    }

    /** TRAINING to TRAINING_FAILED, with a reason that the caller can act on. */
    public boolean markFailed(UUID modelId, String reason) {
        return update(
                        "status = ?1, statusDetail = ?2, phase = null where modelId = ?3 and status = ?4",
                        ModelStatus.TRAINING_FAILED,
                        reason,
                        modelId,
                        ModelStatus.TRAINING)
                == 1;
    }

    /** True for exactly one evaluation run per model: it alone may publish its results. */
    public boolean claimWin(UUID modelId, Winner winner) {
        return update(
                        "winnerRunId = ?1, evaluationEndedAt = ?2, resultSha256 = ?3, manifestSha256 = ?4,"
                                + " f1Score = ?5, precision = ?6, recall = ?7,"
                                + " artifactSha256 = case when trainingRunId = ?8 then artifactSha256 else null end,"
                                + " trainingRunId = ?8, artifact = ?9, trainingImages = ?10"
                                + " where modelId = ?11 and status = ?12 and winnerRunId is null",
                        winner.evaluationRunId(),
                        winner.endedAt(),
                        winner.resultSha256(),
                        winner.manifestSha256(),
                        winner.performance().f1Score(),
                        winner.performance().precision(),
                        winner.performance().recall(),
                        winner.trainingRunId(),
                        ArtifactLayout.artifact(modelId, winner.trainingRunId()),
                        winner.trainingImages(),
                        modelId,
                        ModelStatus.TRAINING)
                == 1;
    }

    /** TRAINING to TRAINED, where the winner is this run and its files are published. */
    public boolean markTrained(UUID modelId, UUID winnerRunId) {
        return markTrained(modelId, winnerRunId, null);
    }

    /** As {@link #markTrained(UUID, UUID)}, with a remark for the caller, or null. */
    public boolean markTrained(UUID modelId, UUID winnerRunId, String remark) {
        return update(
                        "status = ?1, statusDetail = ?2, phase = null"
                                + " where modelId = ?3 and status = ?4 and winnerRunId = ?5",
                        ModelStatus.TRAINED,
                        remark,
                        modelId,
                        ModelStatus.TRAINING,
                        winnerRunId)
                == 1;
    }

    /** Whether a batch detection goes on with it. */
    public boolean isInBatch(UUID modelId) {
        return !getEntityManager()
                .createNativeQuery(
                        "select 1 from batch_detection where model_id = ?1 and status in ('QUEUED', 'IN_PROGRESS')",
                        Integer.class)
                .setParameter(1, modelId)
                .getResultList()
                .isEmpty();
    }

    /** To DELETING, from a state in which nothing is done with the model; an evaluation that never counted is forgotten. */
    public boolean beginDeletion(Model from) {
        return DELETABLE.contains(from.status())
                && update(
                                "status = ?1, winnerRunId = case when status = ?2 then null else winnerRunId end"
                                        + " where modelId = ?3 and status = ?4",
                                ModelStatus.DELETING,
                                ModelStatus.TRAINING_FAILED,
                                from.modelId(),
                                from.status())
                        == 1;
    }

    /** The models in DELETING that no run works at: a run that lives may still write below the model's prefix. */
    public List<Model> toRemove() {
        return getEntityManager()
                .createQuery(
                        "select m from Model m where m.status = DELETING and not exists"
                                + " (select 1 from Run r where r.modelId = m.modelId and r.state = RUNNING)",
                        ModelEntity.class)
                .getResultStream()
                .map(this::read)
                .toList();
    }

    /** True for exactly one caller: then the row of a model in DELETING is gone, with its tags and runs, all but its id. */
    public boolean remove(UUID modelId) {
        boolean removed = delete("modelId = ?1 and status = ?2", modelId, ModelStatus.DELETING) == 1;
        if (removed) {
            getEntityManager()
                    .createNativeQuery("insert into deleted_model (model_id) values (?1)")
                    .setParameter(1, modelId)
                    .executeUpdate();
        }
        return removed;
    }

    /** True for a model that was removed; false for one that is there, or never was. */
    public boolean isRemoved(UUID modelId) {
        return !getEntityManager()
                .createNativeQuery("select 1 from deleted_model where model_id = ?1")
                .setParameter(1, modelId)
                .getResultList()
                .isEmpty();
    }

    // INVARIANT: no row stays in Hibernate's first-level cache, which bulk updates pass by: each is read anew.
    Model read(ModelEntity row) {
        getEntityManager().detach(row);
        return row.state();
    }
}
