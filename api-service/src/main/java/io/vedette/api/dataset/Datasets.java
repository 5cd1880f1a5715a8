package io.vedette.api.dataset;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.Label;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The data sets of all projects. Every write that can race is one named compare-and-set: true for the one that won. */
@ApplicationScoped
public class Datasets implements PanacheRepositoryBase<DatasetEntity, UUID> {
    private static final List<DatasetStatus> COMPLETE = Arrays.stream(DatasetStatus.values())
            .filter(DatasetStatus::isComplete)
            .toList();

    private final Entries entries;

    Datasets(Entries entries) {
        this.entries = entries;
    }

    /** The project's data set of this type, as it is now. */
    public Optional<Dataset> find(UUID projectId, DatasetType type) {
        return find("projectId = ?1 and type = ?2", projectId, type.toString())
                .firstResultOptional()
                .map(this::fresh);
    }

    /** The project's data sets: none, one or two, train before test. */
    public List<Dataset> of(UUID projectId) {
        return find("projectId = ?1 order by type desc", projectId).stream()
                .map(this::fresh)
                .toList();
    }

    /**
     * Hands over every entry of a revision, labelled or not, in the order they came in, by batches that hold no
     * transaction open. A revision is kept until the second import after it begins: who must be sure of having seen all
     * of it asks for the data set's revision afterwards.
     */
    public void entries(UUID datasetId, long revision, Consumer<DatasetEntry> consumer) {
        entries.each(datasetId, revision, consumer);
    }

    /** A labelled entry. @param image its address */
    public record Labelled(String image, Label label, String line) {}

    /** As {@link #entries}, of labelled entries, without reading their lines. */
    public void labelled(UUID datasetId, long revision, Consumer<Labelled> consumer) {
        entries.eachLabelled(datasetId, revision, consumer);
    }

    /** An entry and its place in the data set. */
    public record Placed(long seq, DatasetEntry entry) {}

    /** At most {@code limit} entries of a revision behind a place, in order; under the same reserve. */
    public List<Placed> page(UUID datasetId, long revision, long after, int limit) {
        return entries.page(datasetId, revision, after, limit).stream()
                .map(row -> new Placed(row.seq(), DatasetEntry.parse(row.line())))
                .toList();
    }

    /** What readers of a data set see now; empty if it is gone. */
    public Optional<Long> revision(UUID datasetId) {
        return find(datasetId).map(Dataset::revision);
    }

    Optional<Dataset> find(UUID datasetId) {
        return findByIdOptional(datasetId).map(this::fresh);
    }

    /** False if the project has a data set of this type already, in whatever state. */
    boolean add(Dataset dataset) {
        return getEntityManager()
                        .createNativeQuery("insert into dataset"
                                + " (dataset_id, project_id, type, status, status_message, created_at, updated_at)"
                                + " values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (project_id, type) do nothing")
                        .setParameter(1, dataset.datasetId())
                        .setParameter(2, dataset.projectId())
                        .setParameter(3, dataset.type().toString())
                        .setParameter(4, dataset.status().name())
                        .setParameter(5, dataset.statusMessage())
                        .setParameter(6, dataset.createdAt())
                        .setParameter(7, dataset.updatedAt())
                        .executeUpdate()
                == 1;
    }

    /** To UPDATE_IN_PROGRESS, if the data set stands still in a complete state. */
    boolean beginUpdate(UUID datasetId) {
        return update(
                        "status = ?1, statusMessage = ?2 where datasetId = ?3 and status in ?4",
                        DatasetStatus.UPDATE_IN_PROGRESS,
                        Dataset.sentence(DatasetStatus.UPDATE_IN_PROGRESS),
                        datasetId,
                        COMPLETE)
                == 1;
    }

    /**
     * Removes the data set and all its entries, unless an import is at it. False also where a model is being trained
     * from it: one that was asked for while it was there.
     */
    boolean remove(Dataset dataset) {
        return getEntityManager()
                        .createNativeQuery("delete from dataset d where d.dataset_id = ?1 and d.status = ?2"
                                + " and not exists (select 1 from dataset_import i where i.dataset_id = d.dataset_id)"
                                + " and not exists (select 1 from model m where m.project_id = d.project_id"
                                + " and m.status = 'TRAINING' and m.created_at >= d.created_at)")
                        .setParameter(1, dataset.datasetId())
                        .setParameter(2, dataset.status().name())
                        .executeUpdate()
                == 1;
    }

    /** Ends a creation or an update well: its readers see the next revision from here on. */
    boolean flip(Dataset from, DatasetStatus to, String bucket, ImageStats images) {
        return update(
                        "status = ?1, statusMessage = ?2, updatedAt = ?3, revision = ?4, bucket = ?5,"
                                + " total = ?6, normal = ?7, anomaly = ?8"
                                + " where datasetId = ?9 and status = ?10 and revision = ?11",
                        to,
                        Dataset.sentence(to),
                        Instant.now(),
                        from.revision() + 1,
                        bucket,
                        images.total(),
                        images.normal(),
                        images.anomaly(),
                        from.datasetId(),
                        from.status(),
                        from.revision())
                == 1;
    }

    /** Ends a creation or an update badly: all but the status is as it was before. */
    boolean fail(Dataset from, DatasetStatus to, String message) {
        return update(
                        "status = ?1, statusMessage = ?2 where datasetId = ?3 and status = ?4 and revision = ?5",
                        to,
                        message,
                        from.datasetId(),
                        from.status(),
                        from.revision())
                == 1;
    }

    // Bulk updates pass Hibernate's first-level cache by, so no row stays in it.
    private Dataset fresh(DatasetEntity row) {
        getEntityManager().detach(row);
        return row.state();
    }
}
