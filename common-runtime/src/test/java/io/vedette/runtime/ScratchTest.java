package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    // Above every process id that Linux gives.
    private static final String DEAD = "vedette-run-4194999-x";

    @TempDir
    Path parent;

    @Test
    void everythingInItIsRemovedWhenItIsClosed() throws IOException {
        // Given
        Scratch scratch = Scratch.open(parent.resolve("new"));
        Files.createDirectories(scratch.directory().resolve("a/b"));
        Files.writeString(scratch.directory().resolve("a/b/c"), "c");
        // When
        scratch.close();
        // Then
        assertThat(scratch.directory()).doesNotExist();
        assertThat(parent.resolve("new")).isEmptyDirectory();
    }

    @Test
    void sweepingRemovesOnlyWhatDeadWorkersLeft() throws IOException {
        // Given
        Files.createDirectories(parent.resolve(DEAD).resolve("deep"));
        Path living = Files.createDirectories(parent.resolve(
                "vedette-run-" + ProcessHandle.current().parent().orElseThrow().pid() + "-y"));
        Path other = Files.writeString(parent.resolve("other"), "o");
        // When
        Scratch.sweep(parent);
        // Then
        assertThat(parent).isDirectoryNotContaining(path -> path.endsWith(DEAD));
        assertThat(living).exists();
        assertThat(other).exists();
    }
}
