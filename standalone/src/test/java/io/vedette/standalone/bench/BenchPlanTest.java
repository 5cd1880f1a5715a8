package io.vedette.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.standalone.customer.BadFolder;
import io.vedette.standalone.customer.ImageFolder;
import io.vedette.standalone.sample.SampleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchPlanTest {
    @TempDir
    private Path folder;

    @Test
    void masksOfTheSampleNameTheirDefects() throws IOException {
        // Given
        new SampleSet(1).write(folder);
        BenchPlan plan = plan(List.of(ImageFolder.read(folder)));
        // When
        ObjectNode json = plan.toJson(Path.of("out"), Path.of("scratch"));
        // Then
        Set<String> names = new HashSet<>();
        json.at("/sets/0/train").forEach(photo -> photo.path("classes").forEach(name -> names.add(name.textValue())));
        assertThat(names).containsExactlyInAnyOrder("scratch", "stain", "missing");
        assertThat(json.at("/sets/0/train")).hasSize(SampleSet.TRAINING);
        assertThat(json.at("/sets/0/test")).hasSize(SampleSet.TEST);
        assertThat(json.path("learners")).isEmpty();
    }

    @Test
    void foldersOfOneNameAreToldApart() throws IOException {
        ImageFolder first = folder("a/parts");
        ImageFolder second = folder("b/parts");
        assertThat(plan(List.of(first, second)).names()).containsExactly("parts", "parts-2");
    }

    @Test
    void folderWithoutTestImagesIsRefused() throws IOException {
        files("c/train/normal/1.png", "c/train/anomaly/2.png");
        ImageFolder untested = ImageFolder.read(folder.resolve("c"));
        assertThatThrownBy(() -> plan(List.of(untested)))
                .isInstanceOf(BadFolder.class)
                .hasMessageContaining("test/normal");
    }

    @Test
    void theProgramThatIsStartedByNameIsThere() {
        Path root = Path.of("").toAbsolutePath().getParent();
        assertThat(root.resolve("anomaly-detection/target/classes").resolve(BenchRun.MAIN.replace('.', '/') + ".class"))
                .exists();
    }

    private static BenchPlan plan(List<ImageFolder> folders) {
        return new BenchPlan(folders, Optional.empty(), "mobilenet-v2", 384, 1, "cpu");
    }

    private ImageFolder folder(String name) throws IOException {
        files(
                name + "/train/normal/1.png",
                name + "/train/anomaly/2.png",
                name + "/test/normal/3.png",
                name + "/test/anomaly/4.png");
        return ImageFolder.read(folder.resolve(name));
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }
}
