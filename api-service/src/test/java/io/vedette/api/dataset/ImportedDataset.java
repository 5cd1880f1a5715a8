package io.vedette.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.api.dataset.ImportJob.Kind;
import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import io.vedette.common.S3Uri;
import io.vedette.common.dataset.DatasetEntry;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** A data set of its own for each test, on a real Postgres, and what a test does with it. */
abstract class ImportedDataset {
    @Inject
    Datasets datasets;

    @Inject
    Entries entries;

    @Inject
    ImportQueue queue;

    @Inject
    ImportSteps steps;

    @Inject
    DatasetNews news;

    @Inject
    EntityManager database;

    final UUID projectId = UUID.randomUUID();
    final UUID datasetId = UUID.randomUUID();

    @BeforeEach
    void aProject() {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery(
                                "insert into project (project_id, account, region, name, created_at)"
                                        + " values (?1, '000000000001', 'us-east-1', ?2, now())")
                        .setParameter(1, projectId)
                        .setParameter(2, "p" + projectId)
                        .executeUpdate());
    }

    void create(String manifest) {
        FlakyStore.put("/manifests/" + datasetId, manifest.getBytes(StandardCharsets.UTF_8));
        created(DatasetStatus.CREATE_IN_PROGRESS);
        importing(Kind.CREATE, datasetId.toString());
    }

    void update(String changes) {
        FlakyStore.put("/manifests/" + datasetId, changes.getBytes(StandardCharsets.UTF_8));
        QuarkusTransaction.requiringNew()
                .run(() -> assertThat(datasets.beginUpdate(datasetId)).isTrue());
        importing(Kind.UPDATE, datasetId.toString());
    }

    /** An update that nobody but the test works on, for half a minute. */
    ImportJob claimedUpdate() {
        UUID claim = UUID.randomUUID();
        return QuarkusTransaction.requiringNew().call(() -> {
            assertThat(datasets.beginUpdate(datasetId)).isTrue();
            S3Uri source = new S3Uri("manifests", datasetId.toString());
            Object id = database.createNativeQuery("insert into dataset_import"
                            + " (dataset_id, kind, bucket, key, claimed_by, claimed_until)"
                            + " values (?1, 'UPDATE', ?2, ?3, ?4, now() + interval '30 seconds') returning import_id")
                    .setParameter(1, datasetId)
                    .setParameter(2, source.bucket())
                    .setParameter(3, source.key())
                    .setParameter(4, claim)
                    .getSingleResult();
            return new ImportJob(
                    ((Number) id).longValue(),
                    datasetId,
                    DatasetType.TRAIN,
                    Kind.UPDATE,
                    source,
                    Optional.empty(),
                    claim,
                    1);
        });
    }

    void created(DatasetStatus status) {
        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(datasets.add(fresh(datasetId, status))).isTrue();
            news.changed(datasetId, null);
        });
    }

    Dataset fresh(UUID id) {
        return fresh(id, DatasetStatus.CREATE_COMPLETE);
    }

    Dataset fresh(UUID id, DatasetStatus status) {
        Instant now = Instant.now();
        return new Dataset(
                id,
                projectId,
                DatasetType.TRAIN,
                status,
                Dataset.sentence(status),
                now,
                now,
                0,
                Optional.empty(),
                ImageStats.NONE);
    }

    void importing(Kind kind, String key) {
        QuarkusTransaction.requiringNew().run(() -> queue.add(datasetId, kind, new S3Uri("manifests", key), null));
    }

    Dataset dataset() {
        return QuarkusTransaction.requiringNew()
                .call(() -> datasets.find(projectId, DatasetType.TRAIN).orElseThrow());
    }

    Dataset settled() {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> !dataset().status().name().endsWith("IN_PROGRESS"));
        return dataset();
    }

    List<DatasetEntry> all(Dataset dataset) {
        List<DatasetEntry> all = new ArrayList<>();
        datasets.entries(dataset.datasetId(), dataset.revision(), all::add);
        return all;
    }

    List<String> refs(Dataset dataset) {
        return all(dataset).stream().map(entry -> entry.sourceRef().toString()).toList();
    }

    List<Entries.Row> page() {
        return page(filter(), 0, 100);
    }

    List<Entries.Row> page(EntryFilter filter, long after, int limit) {
        return QuarkusTransaction.requiringNew().call(() -> entries.page(datasetId, filter, after, limit));
    }

    List<Integer> found(EntryFilter filter) {
        return page(filter, 0, 100).stream()
                .map(row -> DatasetEntry.parse(row.line()).sourceRef().key())
                .map(Integer::valueOf)
                .toList();
    }

    static EntryFilter filter() {
        return new EntryFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    long rows() {
        return number("select count(*) from dataset_entry where dataset_id = ?1");
    }

    long imports() {
        return number("select count(*) from dataset_import where dataset_id = ?1");
    }

    long attempts() {
        return number("select max(attempts) from dataset_import where dataset_id = ?1");
    }

    boolean released() {
        return number("select count(*) from dataset_import where claimed_by is null and dataset_id = ?1") == 1;
    }

    long number(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> ((Number) database.createNativeQuery(sql)
                                .setParameter(1, datasetId)
                                .getSingleResult())
                        .longValue());
    }

    List<String> news() {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<?> told = database.createNativeQuery(
                            "select coalesce(cast(data as json)->>'previousStatus', 'null') || ' > '"
                                    + " || (cast(data as json)->>'status') from outbox where key = ?1 order by id")
                    .setParameter(1, "arn:aws:lookoutvision:us-east-1:000000000001:project/p" + projectId)
                    .getResultList();
            return told.stream().map(String.class::cast).toList();
        });
    }

    static String lines(int from, int to, String className) {
        return IntStream.range(from, to).mapToObj(i -> line(i, className)).collect(Collectors.joining());
    }

    static String line(int number, String className) {
        return "{\"source-ref\":\"s3://images/" + number
                + "\",\"auto-label\":1,\"auto-label-metadata\":{\"class-name\":\"" + className
                + "\",\"human-annotated\":\"yes\",\"type\":\"groundtruth/image-classification\"}}\n";
    }

    static String dated(int number, String date) {
        return line(number, "normal").replace("\"human-", "\"creation-date\":\"" + date + "\",\"human-");
    }
}
