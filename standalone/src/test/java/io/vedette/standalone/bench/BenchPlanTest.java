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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchPlanTest {
    @TempDir
    private static Path sample;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write() throws IOException {
        new SampleSet(1).write(sample);
    }

    @Test
    void masksOfTheSampleNameTheirDefects() throws IOException {
        // Given
        BenchPlan plan = plan(List.of(ImageFolder.read(sample)));
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
    void everyTrainingImageIsHeldOutOnceAndNoTestImageIsUsed() throws IOException {
        // Given
        BenchPlan plan = plan(List.of(ImageFolder.read(sample)), new BenchPlan.Split(3, false));
        // When
        ObjectNode json = plan.toJson(Path.of("out"), Path.of("scratch"));
        // Then
        List<String> heldOut = new ArrayList<>();
        assertThat(json.path("sets")).hasSize(3).allSatisfy(set -> {
            List<String> out = set.path("test").findValuesAsText("file");
            heldOut.addAll(out);
            assertThat(set.path("train").findValuesAsText("file"))
                    .hasSize(SampleSet.TRAINING - out.size())
                    .doesNotContainAnyElementsOf(out);
            assertThat(set.path("test").findValues("mask")).hasSizeBetween(6, 7);
            assertThat(set.path("train").findValues("mask")).isEmpty();
        });
        assertThat(heldOut)
                .hasSize(SampleSet.TRAINING)
                .doesNotHaveDuplicates()
                .allSatisfy(file -> assertThat(file).contains("/train/"));
    }

    @Test
    void moreFoldsThanImagesOfAClassAreRefused() throws IOException {
        ImageFolder few = folder("few");
        assertThatThrownBy(() -> plan(List.of(few), new BenchPlan.Split(2, true)))
                .isInstanceOf(BadFolder.class)
                .hasMessageEndingWith("has 1 training images of one class, too few for 2 folds.");
    }

    @Test
    void theProgramThatIsStartedByNameIsThere() {
        Path root = Path.of("").toAbsolutePath().getParent();
        assertThat(root.resolve("anomaly-detection/target/classes").resolve(BenchRun.MAIN.replace('.', '/') + ".class"))
                .exists();
    }

    private static BenchPlan plan(List<ImageFolder> folders) {
        return plan(folders, new BenchPlan.Split(0, true));
    }

    private static BenchPlan plan(List<ImageFolder> folders, BenchPlan.Split split) {
        return new BenchPlan(folders, Optional.empty(), "mobilenet-v2", 384, 1, "cpu", split);
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
