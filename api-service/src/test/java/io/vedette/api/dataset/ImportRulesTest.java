package io.vedette.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.api.dataset.ImportJob.Kind;
import io.vedette.api.dataset.ImportRules.Present;
import io.vedette.common.DatasetType;
import io.vedette.common.S3Uri;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
    private static final Present NOTHING = new Present(Map.of(), Optional.empty());

    @Test
    void imagesTakePlacesInTheirOrderAndARepeatedOneKeepsIts() {
        // Given
        ImportRules rules = rules(Kind.CREATE, NOTHING);
        // Then
        assertThat(place(rules, "a")).isEqualTo(1);
        assertThat(place(rules, "b")).isEqualTo(2);
        assertThat(place(rules, "a")).isEqualTo(1);
        assertThat(place(rules, "c")).isEqualTo(3);
        assertThat(rules.bucket()).contains("bucket");
    }

    @Test
    void presentImagesKeepTheirPlacesAndNewOnesComeBehind() {
        // Given
        ImportRules rules = rules(Kind.UPDATE, new Present(Map.of("s3://bucket/a", 7L), Optional.of("bucket")));
        // Then
        assertThat(place(rules, "new")).isEqualTo(8);
        assertThat(place(rules, "a")).isEqualTo(7);
    }

    @Test
    void imageOrMaskOfAnotherBucketIsRefused() {
        // Given
        ImportRules rules = rules(Kind.UPDATE, new Present(Map.of(), Optional.of("bucket")));
        String mask = "{\"source-ref\":\"s3://bucket/a\",\"m-ref\":\"s3://other/m.png\","
                + "\"m-ref-metadata\":{\"internal-color-map\":{}}}";
        // Then
        assertThatThrownBy(() -> rules.place(new ManifestLines.Line(3, "{\"source-ref\":\"s3://other/a\"}")))
                .hasMessage("Line 3 of the changes: s3://other/a is not in the bucket bucket;"
                        + " all images and masks of a dataset must be in one bucket.");
        assertThatThrownBy(() -> rules.place(new ManifestLines.Line(4, mask))).hasMessageContaining("s3://other/m.png");
    }

    @Test
    void serviceOwnBucketIsRefused() {
        assertThatThrownBy(() -> rules(Kind.CREATE, NOTHING)
                        .place(new ManifestLines.Line(1, "{\"source-ref\":\"s3://own/models/a\"}")))
                .isInstanceOf(BadManifest.class)
                .hasMessageContaining("the service's own bucket");
    }

    @Test
    void oneImageMoreThanTheLimitIsRefused() {
        // Given
        ImportRules rules = rules(Kind.CREATE, NOTHING);
        for (int i = 0; i < 4000; i++) {
            place(rules, "image-" + i);
        }
        // Then
        assertThat(place(rules, "image-17")).isEqualTo(18);
        assertThatThrownBy(() -> place(rules, "one-more"))
                .isInstanceOf(BadManifest.class)
                .hasMessageContaining("one image more than the 4000 that a test dataset may have");
    }

    private static ImportRules rules(Kind kind, Present present) {
        ImportJob job = new ImportJob(
                1,
                UUID.randomUUID(),
                DatasetType.TEST,
                kind,
                new S3Uri("manifests", "m"),
                Optional.empty(),
                UUID.randomUUID(),
                1);
        return new ImportRules(job, "own", present);
    }

    private static long place(ImportRules rules, String key) {
        return rules.place(new ManifestLines.Line(1, "{\"source-ref\":\"s3://bucket/" + key + "\"}"))
                .seq();
    }
}
