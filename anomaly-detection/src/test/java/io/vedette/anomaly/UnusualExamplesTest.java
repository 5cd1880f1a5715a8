package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples that are not as they should be, and work that is stopped: nothing here depends on how well is learned. */
class UnusualExamplesTest {
    private static final Learner LEARNER = new Learner(
            new LearnerSettings("mobilenet-v2", 96, 7, 1, "cpu").withCopies(1).withPatchSteps(12));
    private static final Progress SILENT = (phase, done, total) -> {};

    @TempDir
    private Path directory;

    @AfterAll
    static void close() {
        LEARNER.close();
    }

    @Test
    void contradictoryLabelsAreNamed() {
        // Given
        List<Example> examples = new ArrayList<>(SamplePhotographs.examples(6, 6));
        examples.add(new Example(examples.get(0).photograph(), true));
        examples.add(new Example(examples.get(1).photograph(), false));
        // When
        try (TrainedModel model = LEARNER.learn(examples, SILENT)) {
            // Then
            assertThat(model.remarks())
                    .contains(
                            "The same image is labelled both normal and anomalous: image-0.png and image-0.png.",
                            "Some images are there more than once: image-1.png.");
        }
    }

    @Test
    void masksThatShowNothingOrEverythingGiveASensibleModel() {
        // Given
        List<Example> examples = new ArrayList<>();
        for (Example example : SamplePhotographs.masked(8, 8))
            examples.add(
                    example.anomalous()
                            ? new Example(
                                    example.photograph(),
                                    true,
                                    Optional.of(SamplePhotographs.plainMask(examples.size() % 2 == 0)))
                            : example);
        // When
        try (TrainedModel model = LEARNER.learn(examples, SILENT)) {
            // Then
            assertThat(model.remarks())
                    .anySatisfy(remark -> assertThat(remark).contains("show no defect"))
                    .anySatisfy(remark -> assertThat(remark).contains("cover the whole image"));
            Verdict verdict = model.inspect(examples.get(15).photograph());
            assertThat(verdict.score()).isFinite();
            for (float value : verdict.heat().values()) assertThat(value).isBetween(0f, 1f);
        }
    }

    @Test
    void anomaliesAloneAreRefused() {
        assertThatThrownBy(() -> LEARNER.learn(SamplePhotographs.examples(0, 12), SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at least 2 normal images are needed");
    }

    @Test
    void learnerThatSeesNothingSaysSoAndStaysFinite() throws IOException {
        // Given
        List<Example> black = new ArrayList<>();
        byte[] png = SamplePhotographs.png(SamplePhotographs.plain(64, 64, Color.BLACK));
        for (int i = 0; i < 12; i++) black.add(new Example(SamplePhotographs.photograph(i + ".png", png), i % 2 == 0));
        for (int normals : new int[] {0, 1}) {
            List<Example> examples = normals == 0
                    ? black
                    : black.stream().filter(e -> !e.anomalous()).toList();
            // When
            try (TrainedModel model = LEARNER.learn(examples, SILENT)) {
                // Then
                assertThat(model.remarks())
                        .anySatisfy(remark -> assertThat(remark).contains("one colour"))
                        .anySatisfy(remark -> assertThat(remark)
                                .contains(normals == 0 ? "no better than chance" : "normal images only"));
                Verdict verdict = model.inspect(examples.get(0).photograph());
                assertThat(List.of(verdict.score(), verdict.threshold(), verdict.confidence()))
                        .allSatisfy(number -> assertThat(number).isFinite());
                model.write(directory);
                assertThat(Files.readString(directory.resolve("model.json"))).doesNotContain("NaN", "Infinity");
            }
        }
    }

    @Test
    void photographOfAnotherSizeIsNamed() {
        // Given
        List<Example> examples = new ArrayList<>(SamplePhotographs.examples(3, 5));
        byte[] other = SamplePhotographs.png(SamplePhotographs.plain(80, 64, Color.RED));
        examples.add(new Example(SamplePhotographs.photograph("s3://b/other.png", other), true));
        // When
        assertThatThrownBy(() -> LEARNER.learn(examples, SILENT))
                // Then
                .isInstanceOf(BadImage.class)
                .hasMessage("Images in the dataset must have the same dimensions."
                        + " s3://b/other.png is 80x64, image-0.png is 96x96.");
    }

    @Test
    void photographThatCannotBeReadIsNoBadImage() {
        // Given
        Photograph lost = new Photograph() {
            @Override
            public String name() {
                return "s3://b/lost.png";
            }

            @Override
            public byte[] read() throws IOException {
                throw new IOException("no route to host");
            }
        };
        List<Example> examples = List.of(new Example(lost, false), new Example(lost, false));
        // When, Then
        assertThatThrownBy(() -> LEARNER.learn(examples, SILENT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("lost.png");
    }

    @Test
    void workCanBeStoppedInEveryPhase() {
        // Given
        List<Example> examples = SamplePhotographs.examples(5, 5);
        Map<String, Long> phases = new LinkedHashMap<>();
        LEARNER.learn(examples, (phase, done, total) -> {
                    assertThat(done).isBetween(phases.getOrDefault(phase, 0L), total);
                    phases.put(phase, done);
                })
                .close();
        for (String phase : phases.keySet()) {
            // When
            assertThatThrownBy(() -> LEARNER.learn(examples, (at, done, total) -> {
                        if (at.equals(phase)) throw new Stopped();
                    }))
                    // Then
                    .as(phase)
                    .isInstanceOf(Stopped.class);
        }
        assertThat(phases).hasSizeGreaterThan(3);
    }

    @Test
    void progressCanStopAtEveryImage() {
        // Given
        List<Example> examples = SamplePhotographs.examples(4, 0);
        List<Long> seen = new ArrayList<>();
        Progress impatient = (phase, done, total) -> {
            seen.add(done);
            if (done == 2) throw new Stopped();
        };
        // When
        assertThatThrownBy(() -> LEARNER.learn(examples, impatient)).isInstanceOf(Stopped.class);
        // Then
        assertThat(seen).containsExactly(0L, 1L, 2L);
    }
}
