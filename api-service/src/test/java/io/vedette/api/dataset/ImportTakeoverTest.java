package io.vedette.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.dataset.Dataset.ImageStats;
import io.vedette.common.DatasetStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Imports that are cut, by the store or by the end of their process, with a store that fails on demand. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
@QuarkusTestResource(value = FlakyStore.class, restrictToAnnotatedClass = true)
class ImportTakeoverTest extends ImportedDataset {
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
}
