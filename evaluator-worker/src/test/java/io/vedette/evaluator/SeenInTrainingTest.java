package io.vedette.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.S3Uri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenInTrainingTest {
    @TempDir
    private Path artifact;

    @Test
    void sameObjectAndSameBytesElsewhereAreNamed() throws IOException {
        // Given
        write("{\"source-ref\":\"s3://b/train/1.png\",\"etag\":\"aa\"}\n{\"source-ref\":\"s3://b/train/2.png\"}\n");
        SeenInTraining seen = SeenInTraining.of(artifact);
        // When
        seen.check(new S3Uri("b", "test/copy.png"), Optional.of("aa"));
        seen.check(new S3Uri("b", "train/2.png"), Optional.of("other"));
        seen.check(new S3Uri("b", "test/3.png"), Optional.of("cc"));
        seen.check(new S3Uri("b", "test/4.png"), Optional.empty());
        // Then
        assertThat(seen.remark())
                .hasValue("Some test images are training images too, so the figures look better than they are:"
                        + " s3://b/test/copy.png, s3://b/train/2.png.");
    }

    @Test
    void manyAreCounted() throws IOException {
        // Given
        write("{\"source-ref\":\"s3://b/1.png\",\"etag\":\"aa\"}\n");
        SeenInTraining seen = SeenInTraining.of(artifact);
        // When
        for (int i = 0; i < 5; i++) {
            seen.check(new S3Uri("b", "copy-" + i + ".png"), Optional.of("aa"));
        }
        // Then
        assertThat(seen.remark().orElseThrow()).endsWith("s3://b/copy-2.png and 2 more.");
    }

    @Test
    void withoutSuchImagesNothingIsSaid() throws IOException {
        SeenInTraining unknown = SeenInTraining.of(artifact);
        unknown.check(new S3Uri("b", "1.png"), Optional.of("aa"));
        assertThat(unknown.remark()).isEmpty();
    }

    private void write(String lines) throws IOException {
        Files.writeString(artifact.resolve("images.jsonl"), lines);
    }
}
