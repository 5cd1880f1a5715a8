package io.vedette.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
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
import org.junit.jupiter.api.Test;

/** Imports on a real Postgres, with a store that fails on demand. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
@QuarkusTestResource(value = FlakyStore.class, restrictToAnnotatedClass = true)
class ImporterTest {
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

    private final UUID projectId = UUID.randomUUID();
    private final UUID datasetId = UUID.randomUUID();

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

    @Test
    void sixteenThousandLinesAreImportedInUnderTenSeconds() {
        // Given
        String manifest = lines(0, 16_000, "normal");
        long begun = System.nanoTime();
        // When
        create(manifest);
        // Then
        Dataset dataset = settled();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(dataset.status()).isEqualTo(DatasetStatus.CREATE_COMPLETE);
        assertThat(dataset.statusMessage()).isEqualTo("The dataset was created successfully.");
        assertThat(dataset.images()).isEqualTo(new ImageStats(16_000, 16_000, 0));
        assertThat(dataset.bucket()).contains("images");
        assertThat(refs(dataset)).startsWith("s3://images/0", "s3://images/1").hasSize(16_000);
        assertThat(news()).containsExactly("null > CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS > CREATE_COMPLETE");
    }

    @Test
    void badLineLeavesNoEntriesAndIsNamed() {
        // When
        create(lines(0, 2500, "normal") + "{\"source-ref\":\"http://nowhere\"}\n");
        // Then
        Dataset dataset = settled();
        assertThat(dataset.status()).isEqualTo(DatasetStatus.CREATE_FAILED);
        assertThat(dataset.statusMessage())
                .isEqualTo("The dataset could not be created. Line 2501 of the manifest:"
                        + " source-ref is not an S3 address (s3://BUCKET/KEY): http://nowhere.");
        assertThat(dataset.images()).isEqualTo(ImageStats.NONE);
        assertThat(rows()).isZero();
        assertThat(imports()).isZero();
    }

    @Test
    void manifestWithoutLinesFailsTheCreation() {
        // When
        create("\n\n");
        // Then
        assertThat(settled().statusMessage()).isEqualTo("The dataset could not be created. The manifest has no lines.");
    }

    @Test
    void manifestThatDoesNotExistFailsTheCreation() {
        // When
        created(DatasetStatus.CREATE_IN_PROGRESS);
        importing(Kind.CREATE, "no-such");
        // Then
        assertThat(settled())
                .matches(it -> it.status() == DatasetStatus.CREATE_FAILED)
                .matches(it -> it.statusMessage().endsWith("s3://manifests/no-such does not exist."));
    }

    @Test
    void lastOfEqualImagesWinsEvenInALaterBatch() {
        // When
        create(lines(0, 1500, "normal") + line(3, "anomaly") + line(4, "anomaly") + line(4, "scratch"));
        // Then
        Dataset dataset = settled();
        assertThat(dataset.images()).isEqualTo(new ImageStats(1500, 1498, 1));
        assertThat(refs(dataset)).element(3).isEqualTo("s3://images/3");
    }

    @Test
    void updateReplacesWholeLinesInTheirPlacesAndAddsOthersBehind() {
        // Given
        create(lines(0, 10, "normal"));
        settled();
        // When
        update(line(4, "anomaly") + line(77, "normal") + "{\"source-ref\":\"s3://images/5\"}\n");
        // Then
        Dataset dataset = settled();
        assertThat(dataset.status()).isEqualTo(DatasetStatus.UPDATE_COMPLETE);
        assertThat(dataset.images()).isEqualTo(new ImageStats(11, 9, 1));
        assertThat(dataset.updatedAt()).isAfter(dataset.createdAt());
        assertThat(refs(dataset))
                .containsExactlyElementsOf(IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 77)
                        .mapToObj(i -> "s3://images/" + i)
                        .toList());
        assertThat(all(dataset)).element(5).matches(entry -> entry.label().isEmpty());
    }

    @Test
    void failedUpdateLeavesTheDatasetExactlyAsItWas() {
        // Given
        create(lines(0, 10, "normal"));
        Dataset before = settled();
        List<DatasetEntry> entriesBefore = all(before);
        // When
        update(lines(5, 2000, "anomaly") + "no json\n");
        // Then
        Dataset after = settled();
        assertThat(after.status()).isEqualTo(DatasetStatus.UPDATE_FAILED_ROLLBACK_COMPLETE);
        assertThat(after.statusMessage())
                .isEqualTo("The update failed and was rolled back. Line 1996 of the changes: not a JSON object.");
        assertThat(after.images()).isEqualTo(before.images());
        assertThat(after.revision()).isEqualTo(before.revision());
        assertThat(after.updatedAt()).isEqualTo(before.updatedAt());
        assertThat(all(after)).isEqualTo(entriesBefore);
        assertThat(rows()).isEqualTo(10);
    }

    @Test
    void readersSeeTheOldRevisionUntilTheUpdateIsDone() {
        // Given
        create(lines(0, 5, "normal"));
        Dataset before = settled();
        ImportJob job = claimedUpdate();
        // When
        steps.begin(job);
        ImportRules rules = new ImportRules(job, "own", steps.begin(job));
        steps.write(
                job,
                List.of(rules.place(new ManifestLines.Line(1, line(2, "anomaly").strip()))));
        // Then
        assertThat(page()).hasSize(5).allMatch(row -> row.line().contains("\"normal\""));
        // When
        steps.finish(job, "images");
        // Then
        assertThat(page())
                .hasSize(5)
                .filteredOn(row -> row.line().contains("\"anomaly\""))
                .hasSize(1);
        assertThat(refs(before)).hasSize(5);
    }

    @Test
    void outageIsWaitedOut() {
        // Given
        String path = "/manifests/" + datasetId;
        FlakyStore.trouble(path, FlakyStore.Trouble.DOWN);
        create(lines(0, 3, "normal"));
        await().atMost(Duration.ofSeconds(30)).until(() -> attempts() >= 1 && released());
        assertThat(dataset().status()).isEqualTo(DatasetStatus.CREATE_IN_PROGRESS);
        // When
        FlakyStore.trouble(path, null);
        // Then
        assertThat(settled().images().total()).isEqualTo(3);
    }

    @Test
    void cutManifestIsReadAgainAndNeverTakenForWhole() {
        // Given
        String path = "/manifests/" + datasetId;
        FlakyStore.trouble(path, FlakyStore.Trouble.CUT);
        create(lines(0, 5000, "normal"));
        await().atMost(Duration.ofSeconds(30)).until(() -> attempts() >= 1 && released());
        // When
        FlakyStore.trouble(path, null);
        // Then
        assertThat(settled().images().total()).isEqualTo(5000);
        assertThat(rows()).isEqualTo(5000);
    }

    @Test
    void whoTakesAnImportOverClearsWhatTheDeadOneWroteAndTheDeadOneCanWriteNoMore() {
        // Given
        create(lines(0, 5, "normal"));
        settled();
        ImportJob dead = claimedUpdate();
        ImportRules rules = new ImportRules(dead, "own", steps.begin(dead));
        steps.write(
                dead,
                List.of(rules.place(new ManifestLines.Line(1, line(2, "anomaly").strip()))));
        steps.write(
                dead,
                List.of(rules.place(
                        new ManifestLines.Line(2, line(99, "anomaly").strip()))));
        assertThat(rows()).isEqualTo(7);
        // When
        FlakyStore.put("/manifests/" + datasetId, line(3, "anomaly").getBytes(StandardCharsets.UTF_8));
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery(
                                "update dataset_import set claimed_until = now() - interval '1 second' where dataset_id = ?1")
                        .setParameter(1, datasetId)
                        .executeUpdate());
        // Then
        assertThat(settled().images()).isEqualTo(new ImageStats(5, 4, 1));
        assertThat(rows()).isEqualTo(6);
        assertThatThrownBy(() -> steps.finish(dead, "images")).isInstanceOf(ImportSteps.ClaimLost.class);
        assertThatThrownBy(() -> steps.write(dead, List.of())).isInstanceOf(ImportSteps.ClaimLost.class);
    }

    @Test
    void pagesHoldEachEntryOnceWhileAnUpdateChangesThem() {
        // Given
        create(lines(0, 30, "normal"));
        Dataset before = settled();
        EntryFilter none = filter();
        List<Entries.Row> first = page(none, 0, 20);
        // When
        update(lines(10, 25, "anomaly") + line(30, "normal"));
        settled();
        List<Entries.Row> second = page(none, first.get(19).seq(), 20);
        // Then
        assertThat(first.size() + second.size()).isEqualTo(31);
        assertThat(second).extracting(Entries.Row::seq).isSorted().first().isEqualTo(21L);
        assertThat(refs(before)).hasSize(30);
    }

    @Test
    void filtersAreAllApplied() {
        // Given
        create(line(1, "normal") + line(11, "anomaly") + line(12, "scratch") + "{\"source-ref\":\"s3://images/13\"}\n"
                + dated(20, "2020-01-01T00:00:00") + dated(21, "2022-01-01T00:00:00Z"));
        settled();
        Optional<String> any = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        Optional<Instant> middle = Optional.of(Instant.parse("2021-01-01T00:00:00Z"));
        // Then
        assertThat(found(new EntryFilter(Optional.of(true), any, ever, ever, any)))
                .containsExactly(1, 11, 20, 21);
        assertThat(found(new EntryFilter(Optional.of(false), any, ever, ever, any)))
                .containsExactly(12, 13);
        assertThat(found(new EntryFilter(Optional.empty(), Optional.of("anomaly"), ever, ever, any)))
                .containsExactly(11);
        assertThat(found(new EntryFilter(Optional.of(false), Optional.of("anomaly"), ever, ever, any)))
                .isEmpty();
        assertThat(found(new EntryFilter(Optional.empty(), any, middle, ever, any)))
                .containsExactly(20);
        assertThat(found(new EntryFilter(Optional.empty(), any, ever, middle, any)))
                .containsExactly(21);
        assertThat(found(new EntryFilter(Optional.of(true), any, ever, ever, Optional.of("images/1"))))
                .containsExactly(1, 11);
    }

    @Test
    void secondDatasetOfATypeIsNotAdded() {
        // Given
        created(DatasetStatus.CREATE_COMPLETE);
        // Then
        assertThat(QuarkusTransaction.requiringNew().call(() -> datasets.add(fresh(UUID.randomUUID()))))
                .isFalse();
    }

    private void create(String manifest) {
        FlakyStore.put("/manifests/" + datasetId, manifest.getBytes(StandardCharsets.UTF_8));
        created(DatasetStatus.CREATE_IN_PROGRESS);
        importing(Kind.CREATE, datasetId.toString());
    }

    private void update(String changes) {
        FlakyStore.put("/manifests/" + datasetId, changes.getBytes(StandardCharsets.UTF_8));
        QuarkusTransaction.requiringNew()
                .run(() -> assertThat(datasets.beginUpdate(datasetId)).isTrue());
        importing(Kind.UPDATE, datasetId.toString());
    }

    /** An update that nobody but the test works on, for half a minute. */
    private ImportJob claimedUpdate() {
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

    private void created(DatasetStatus status) {
        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(datasets.add(fresh(datasetId, status))).isTrue();
            news.changed(datasetId, null);
        });
    }

    private Dataset fresh(UUID id) {
        return fresh(id, DatasetStatus.CREATE_COMPLETE);
    }

    private Dataset fresh(UUID id, DatasetStatus status) {
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

    private void importing(Kind kind, String key) {
        QuarkusTransaction.requiringNew().run(() -> queue.add(datasetId, kind, new S3Uri("manifests", key), null));
    }

    private Dataset dataset() {
        return QuarkusTransaction.requiringNew()
                .call(() -> datasets.find(projectId, DatasetType.TRAIN).orElseThrow());
    }

    private Dataset settled() {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> !dataset().status().name().endsWith("IN_PROGRESS"));
        return dataset();
    }

    private List<DatasetEntry> all(Dataset dataset) {
        List<DatasetEntry> all = new ArrayList<>();
        datasets.entries(dataset.datasetId(), dataset.revision(), all::add);
        return all;
    }

    private List<String> refs(Dataset dataset) {
        return all(dataset).stream().map(entry -> entry.sourceRef().toString()).toList();
    }

    private List<Entries.Row> page() {
        return page(filter(), 0, 100);
    }

    private List<Entries.Row> page(EntryFilter filter, long after, int limit) {
        return QuarkusTransaction.requiringNew().call(() -> entries.page(datasetId, filter, after, limit));
    }

    private List<Integer> found(EntryFilter filter) {
        return page(filter, 0, 100).stream()
                .map(row -> DatasetEntry.parse(row.line()).sourceRef().key())
                .map(Integer::valueOf)
                .toList();
    }

    private static EntryFilter filter() {
        return new EntryFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private long rows() {
        return number("select count(*) from dataset_entry where dataset_id = ?1");
    }

    private long imports() {
        return number("select count(*) from dataset_import where dataset_id = ?1");
    }

    private long attempts() {
        return number("select max(attempts) from dataset_import where dataset_id = ?1");
    }

    private boolean released() {
        return number("select count(*) from dataset_import where claimed_by is null and dataset_id = ?1") == 1;
    }

    private long number(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> ((Number) database.createNativeQuery(sql)
                                .setParameter(1, datasetId)
                                .getSingleResult())
                        .longValue());
    }

    private List<String> news() {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<?> told = database.createNativeQuery(
                            "select coalesce(cast(data as json)->>'previousStatus', 'null') || ' > '"
                                    + " || (cast(data as json)->>'status') from outbox where key = ?1 order by id")
                    .setParameter(1, "arn:aws:lookoutvision:us-east-1:000000000001:project/p" + projectId)
                    .getResultList();
            return told.stream().map(String.class::cast).toList();
        });
    }

    private static String lines(int from, int to, String className) {
        return IntStream.range(from, to).mapToObj(i -> line(i, className)).collect(Collectors.joining());
    }

    private static String line(int number, String className) {
        return "{\"source-ref\":\"s3://images/" + number
                + "\",\"auto-label\":1,\"auto-label-metadata\":{\"class-name\":\"" + className
                + "\",\"human-annotated\":\"yes\",\"type\":\"groundtruth/image-classification\"}}\n";
    }

    private static String dated(int number, String date) {
        return line(number, "normal").replace("\"human-", "\"creation-date\":\"" + date + "\",\"human-");
    }
}
