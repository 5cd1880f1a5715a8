package io.vedette.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.api.dataset.ImportJob.Kind;
import io.vedette.common.DatasetStatus;
import io.vedette.common.dataset.DatasetEntry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How imports end, with a store that fails on demand. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
@QuarkusTestResource(value = FlakyStore.class, restrictToAnnotatedClass = true)
class ImporterTest extends ImportedDataset {
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
    void secondDatasetOfATypeIsNotAdded() {
        // Given
        created(DatasetStatus.CREATE_COMPLETE);
        // Then
        assertThat(QuarkusTransaction.requiringNew().call(() -> datasets.add(fresh(UUID.randomUUID()))))
                .isFalse();
    }

    @Test
    void imagesInABucketThatTheAccountMayNotNameAreRefusedAtTheEnd() {
        // Given
        QuarkusTransaction.requiringNew().run(() -> {
            database.createNativeQuery("insert into account (account, name, buckets)"
                            + " values ('000000000077', 'held', '[\"others\"]') on conflict do nothing")
                    .executeUpdate();
            database.createNativeQuery("update project set account = '000000000077' where project_id = ?1")
                    .setParameter(1, projectId)
                    .executeUpdate();
        });
        // When
        create(lines(0, 5, "normal"));
        // Then
        Dataset dataset = settled();
        assertThat(dataset.status()).isEqualTo(DatasetStatus.CREATE_FAILED);
        assertThat(dataset.statusMessage())
                .isEqualTo("The dataset could not be created."
                        + " images is not one of the buckets that this account may name.");
        assertThat(rows()).isZero();
        assertThat(imports()).isZero();
    }
}
