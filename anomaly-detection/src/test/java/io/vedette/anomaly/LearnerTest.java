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

class LearnerTest {
    private static final Learner LEARNER = new Learner(new LearnerSettings("mobilenet-v2", 96, 7, 1, "cpu"));
    private static final Progress SILENT = (phase, done, total) -> {};

    @TempDir
    private Path directory;

    @AfterAll
    static void close() {
        LEARNER.close();
    }

    @Test
    void labelledAnomaliesAreToldFromNormals() {
        // Given
        List<Example> examples = SamplePhotographs.examples(14, 12);
        // When
        try (TrainedModel model = LEARNER.learn(examples, SILENT)) {
            // Then
            assertThat(model.remarks()).isEmpty();
            Verdict normal =
                    model.inspect(SamplePhotographs.examples(120, 0).get(119).photograph());
            Verdict anomaly =
                    model.inspect(SamplePhotographs.examples(0, 121).get(120).photograph());
            assertThat(normal.anomalous()).isFalse();
            assertThat(anomaly.anomalous()).isTrue();
            assertThat(List.of(normal.confidence(), anomaly.confidence()))
                    .allSatisfy(c -> assertThat(c).isBetween(0.5, 1.0));
        }
    }

    @Test
    void storedModelGivesTheSameScores() throws IOException {
        for (int anomalies : new int[] {6, 0}) {
            // Given
            List<Example> examples = SamplePhotographs.examples(8, anomalies);
            Path stored = directory.resolve("with-" + anomalies);
            List<Verdict> before;
            try (TrainedModel model = LEARNER.learn(examples, SILENT)) {
                before = examples.stream()
                        .map(e -> model.inspect(e.photograph()))
                        .toList();
                model.write(stored);
            }
            // When
            try (TrainedModel read = TrainedModel.read(stored, 1, "cpu")) {
                // Then
                assertThat(examples.stream().map(e -> read.inspect(e.photograph())))
                        .containsExactlyElementsOf(before);
            }
        }
    }

    @Test
    void masksMeanNamedDefectsWhereTheyAre() {
        // Given
        List<Example> examples = SamplePhotographs.masked(12, 12);
        // When
        try (TrainedModel model = LEARNER.learn(examples, SILENT)) {
            // Then
            assertThat(model.defects()).containsExactly("scratch", "stain");
            Verdict normal =
                    model.inspect(SamplePhotographs.masked(40, 0).get(39).photograph());
            assertThat(normal.defects().orElseThrow().labels()).containsOnly(0);
            for (int i = 50; i < 52; i++) {
                Example anomaly = SamplePhotographs.masked(0, i + 1).get(i);
                Verdict verdict = model.inspect(anomaly.photograph());
                DefectMask truth = SamplePhotographs.truth(anomaly);
                DefectMask found = verdict.defects().orElseThrow();
                int kind = truth.pixels(0) > 0 ? 1 : 2;
                assertThat(verdict.anomalous()).isTrue();
                assertThat(SamplePhotographs.overlap(truth, found, kind)).isGreaterThan(0.2);
                assertThat(found.pixels(kind - 1)).isGreaterThan(2 * found.pixels(2 - kind));
                assertThat(SamplePhotographs.hottest(verdict.heat(), truth)).isTrue();
            }
        }
    }

    @Test
    void heatOfModelsFromNormalsPeaksOnTheDefect() {
        for (String learner : List.of("patchcore", "normals-ensemble")) {
            // Given
            LearnerSettings settings = new LearnerSettings("mobilenet-v2", 96, 7, 1, "cpu").withLearner(learner);
            try (Learner learning = new Learner(settings);
                    // When
                    TrainedModel model = learning.learn(SamplePhotographs.masked(16, 0), SILENT)) {
                // Then
                assertThat(model.learnerName()).isEqualTo(learner);
                Example anomaly = SamplePhotographs.masked(0, 31).get(30);
                Verdict verdict = model.inspect(anomaly.photograph());
                assertThat(SamplePhotographs.hottest(verdict.heat(), SamplePhotographs.truth(anomaly)))
                        .as(learner)
                        .isTrue();
                assertThat(verdict.defects()).isEmpty();
            }
        }
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
    void sameSeedGivesTheSameBytes() throws IOException {
        // Given
        List<Example> examples = SamplePhotographs.examples(8, 6);
        // When
        for (String name : List.of("one", "two"))
            try (TrainedModel model = LEARNER.learn(examples, SILENT)) {
                model.write(directory.resolve(name));
            }
        // Then
        for (String file : List.of("model.json", "model.safetensors"))
            assertThat(directory.resolve("one").resolve(file))
                    .hasSameBinaryContentAs(directory.resolve("two").resolve(file));
    }

    @Test
    void fewAnomaliesMeanLearningFromNormalsOnly() {
        // Given
        List<Example> examples = SamplePhotographs.examples(10, 4);
        // When
        try (TrainedModel model = LEARNER.learn(examples, SILENT)) {
            // Then
            assertThat(model.remarks())
                    .singleElement()
                    .asString()
                    .contains("normal images only", "fewer than 5 anomalies");
        }
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
    void modelOfAnotherBackboneIsRefused() throws IOException {
        // Given
        try (TrainedModel model = LEARNER.learn(SamplePhotographs.examples(3, 0), SILENT)) {
            model.write(directory);
        }
        Path card = directory.resolve("model.json");
        Files.writeString(card, Files.readString(card).replaceFirst("\"sha256\" : \"....", "\"sha256\" : \"0000"));
        // When
        assertThatThrownBy(() -> TrainedModel.read(directory, 1, "cpu"))
                // Then
                .isInstanceOf(IncompatibleModel.class)
                .hasMessageContaining("other weights of the backbone mobilenet-v2");
    }
}
