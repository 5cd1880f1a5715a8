package io.vedette.standalone.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path root;

    @Test
    void readsLabelsFromFoldersAndMasksByStem() throws IOException {
        // Given
        files("train/normal/a.jpg", "train/normal/b.PNG", "train/normal/notes.txt", "train/anomaly/c.jpeg");
        files("test/normal/d.png", "test/anomaly/e.png", "masks/train/c.png", "masks/train/a.png");
        // When
        ImageFolder folder = ImageFolder.read(root);
        // Then
        assertThat(folder.train())
                .extracting(image -> image.file().getFileName().toString())
                .containsExactly("a.jpg", "b.PNG", "c.jpeg");
        assertThat(folder.train())
                .extracting(ImageFolder.LabelledImage::anomalous)
                .containsExactly(false, false, true);
        assertThat(folder.train().get(2).mask()).contains(root.resolve("masks/train/c.png"));
        assertThat(folder.train().get(0).mask())
                .as("a mask of a good part is none")
                .isEmpty();
        assertThat(folder.test()).hasSize(2);
    }

    @Test
    void aFolderWithoutTestIsASingleDataSet() throws IOException {
        // Given
        files("train/normal/a.jpg", "train/anomaly/b.jpg");
        // When
        ImageFolder folder = ImageFolder.read(root);
        // Then
        assertThat(folder.test()).isEmpty();
    }

    @Test
    void sharesOneSentenceAboutWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> ImageFolder.read(root))
                .isInstanceOf(BadFolder.class)
                .hasMessageContaining("train/normal");
        files("train/normal/readme.txt", "train/anomaly/b.jpg");
        assertThatThrownBy(() -> ImageFolder.read(root)).hasMessageEndingWith("holds no JPEG or PNG image.");
        files("train/normal/a.jpg", "test/normal/c.jpg");
        assertThatThrownBy(() -> ImageFolder.read(root)).hasMessageContaining("both normal and anomaly");
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }
}
