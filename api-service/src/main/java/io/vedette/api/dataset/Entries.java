package io.vedette.api.dataset;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.api.dataset.Datasets.Labelled;
import io.vedette.api.dataset.ImportRules.Placed;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.Label;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;

/**
 * The rows of {@code dataset_entry}. An entry keeps its place ({@code seq}) when it is replaced, and a revision that is
 * being written is seen by nobody until the data set is flipped to it.
 */
@ApplicationScoped
class Entries {
    private static final int BATCH = 1000;
    private static final String VISIBLE = " e.added <= :revision and (e.removed is null or e.removed > :revision) ";

    private final EntityManager database;

    Entries(EntityManager database) {
        this.database = database;
    }

    /** An entry as callers get it, and where it stands. */
    record Row(long seq, String line) {}

    /** At most {@code limit} entries of the present revision behind a place, in order; each page costs the same. */
    List<Row> page(UUID datasetId, EntryFilter filter, long after, int limit) {
        Query query = database.createNativeQuery("select e.seq, e.line from dataset_entry e"
                        + " join dataset d on d.dataset_id = e.dataset_id"
                        + " where e.dataset_id = :dataset and e.seq > :after"
                        + " and e.added <= d.revision and (e.removed is null or e.removed > d.revision)"
                        + filter.conditions()
                        + " order by e.seq")
                .setParameter("dataset", datasetId)
                .setParameter("after", after)
                .setMaxResults(limit);
        filter.parameters().forEach(query::setParameter);
        return rows(query);
    }

    /** At most {@code limit} entries of a revision behind a place, in order. */
    List<Row> page(UUID datasetId, long revision, long after, int limit) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> rows(ofRevision(
                                "select e.seq, e.line from dataset_entry e",
                                datasetId,
                                revision,
                                " and e.seq > :after order by e.seq")
                        .setParameter("after", after)
                        .setMaxResults(limit)));
    }

    void each(UUID datasetId, long revision, Consumer<DatasetEntry> consumer) {
        long after = 0;
        List<Row> batch;
        do {
            batch = page(datasetId, revision, after, BATCH);
            for (Row row : batch) {
                consumer.accept(DatasetEntry.parse(row.line()));
                after = row.seq();
            }
        } while (batch.size() == BATCH);
    }

    void eachLabelled(UUID datasetId, long revision, Consumer<Labelled> consumer) {
        long after = 0;
        List<Object[]> batch;
        do {
            batch = labelled(datasetId, revision, after);
            for (Object[] row : batch) {
                Label label = Label.ANOMALY.className().equals(row[2]) ? Label.ANOMALY : Label.NORMAL;
                consumer.accept(new Labelled((String) row[1], label, (String) row[3]));
                after = ((Number) row[0]).longValue();
            }
        } while (batch.size() == BATCH);
    }

    private List<Object[]> labelled(UUID datasetId, long revision, long after) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            List<?> rows = ofRevision(
                            "select e.seq, e.source_ref, e.label, e.line from dataset_entry e",
                            datasetId,
                            revision,
                            " and e.label is not null and e.seq > :after order by e.seq")
                    .setParameter("after", after)
                    .setMaxResults(BATCH)
                    .getResultList();
            return rows.stream().map(Object[].class::cast).toList();
        });
    }

    /** The place of every image of a revision, by its address. */
    Map<String, Long> places(UUID datasetId, long revision) {
        Map<String, Long> places = new HashMap<>();
        List<?> rows = ofRevision("select e.source_ref, e.seq from dataset_entry e", datasetId, revision)
                .getResultList();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            places.put((String) columns[0], ((Number) columns[1]).longValue());
        }
        return places;
    }

    ImageStats count(UUID datasetId, long revision) {
        Object[] counts = (Object[]) ofRevision(
                        "select count(*), count(*) filter (where e.label = 'normal'),"
                                + " count(*) filter (where e.label = 'anomaly') from dataset_entry e",
                        datasetId,
                        revision)
                .getSingleResult();
        return new ImageStats(number(counts[0]), number(counts[1]), number(counts[2]));
    }

    /** Removes what an import beyond this revision has written, and what no reader of it sees any more. */
    void restore(UUID datasetId, long revision) {
        database.createNativeQuery("delete from dataset_entry"
                        + " where dataset_id = :dataset and (added > :revision or removed <= :revision)")
                .setParameter("dataset", datasetId)
                .setParameter("revision", revision)
                .executeUpdate();
        database.createNativeQuery("update dataset_entry set removed = null"
                        + " where dataset_id = :dataset and removed > :revision")
                .setParameter("dataset", datasetId)
                .setParameter("revision", revision)
                .executeUpdate();
    }

    /** Ends entries with this revision; how many there were. */
    int remove(UUID datasetId, long revision, Collection<String> images) {
        return database.createNativeQuery("update dataset_entry e set removed = :next where e.dataset_id = :dataset"
                        + " and e.source_ref in (:images) and" + VISIBLE)
                .setParameter("next", revision + 1)
                .setParameter("dataset", datasetId)
                .setParameter("images", images)
                .setParameter("revision", revision)
                .executeUpdate();
    }

    /** Writes entries, at most one for a place, into the revision after this one; what they replace ends with it. */
    void write(UUID datasetId, long revision, Collection<Placed> batch) {
        database.unwrap(Session.class).doWork(connection -> {
            end(connection, datasetId, revision, batch);
            insert(connection, datasetId, revision + 1, batch);
        });
    }

    private static void end(Connection connection, UUID datasetId, long revision, Collection<Placed> batch)
            throws SQLException {
        try (PreparedStatement end = connection.prepareStatement("update dataset_entry set removed = ?"
                + " where dataset_id = ? and seq = any(?) and added <= ? and removed is null")) {
            end.setLong(1, revision + 1);
            end.setObject(2, datasetId);
            end.setArray(3, array(connection, "bigint", batch, Placed::seq));
            end.setLong(4, revision);
            end.executeUpdate();
        }
    }

    private static void insert(Connection connection, UUID datasetId, long added, Collection<Placed> batch)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into dataset_entry"
                + " (dataset_id, seq, added, source_ref, label, creation_date, line)"
                + " select ?, u.seq, ?, u.source_ref, u.label, u.creation_date, u.line"
                + " from unnest(?, ?, ?, ?::timestamptz[], ?) as u (seq, source_ref, label, creation_date, line)"
                + " on conflict (dataset_id, seq, added) do update set label = excluded.label,"
                + " creation_date = excluded.creation_date, line = excluded.line")) {
            insert.setObject(1, datasetId);
            insert.setLong(2, added);
            insert.setArray(3, array(connection, "bigint", batch, Placed::seq));
            insert.setArray(
                    4,
                    array(
                            connection,
                            "text",
                            batch,
                            placed -> placed.entry().sourceRef().toString()));
            insert.setArray(5, array(connection, "text", batch, placed -> className(placed.entry())));
            insert.setArray(6, array(connection, "text", batch, placed -> date(placed.entry())));
            insert.setArray(
                    7, array(connection, "text", batch, placed -> placed.entry().line()));
            insert.executeUpdate();
        }
    }

    private static java.sql.Array array(
            Connection connection, String type, Collection<Placed> batch, Function<Placed, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, batch.stream().map(column).toArray());
    }

    private static String className(DatasetEntry entry) {
        return entry.label().map(Label::className).orElse(null);
    }

    private static String date(DatasetEntry entry) {
        return entry.creationDate().map(Object::toString).orElse(null);
    }

    private Query ofRevision(String select, UUID datasetId, long revision) {
        return ofRevision(select, datasetId, revision, "");
    }

    private Query ofRevision(String select, UUID datasetId, long revision, String further) {
        return database.createNativeQuery(select + " where e.dataset_id = :dataset and" + VISIBLE + further)
                .setParameter("dataset", datasetId)
                .setParameter("revision", revision);
    }

    private static List<Row> rows(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(columns -> new Row(((Number) columns[0]).longValue(), (String) columns[1]))
                .toList();
    }

    private static int number(Object count) {
        return ((Number) count).intValue();
    }
}
