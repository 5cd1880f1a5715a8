package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerTest {
    private static final Learner LEARNER =
            new Learner(new LearnerSettings("mobilenet-v2", 96, 7, 1, "cpu").withCopies(1));
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
    void whatTheNetworkSawOnceIsJudgedAlikeByEveryModel() {
        // Given
        List<Example> examples = SamplePhotographs.masked(8, 8);
        List<Photograph> others = SamplePhotographs.masked(20, 2).stream()
                .map(Example::photograph)
                .toList();
        try (Learner.Lesson lesson = LEARNER.look(examples, SILENT);
                Sights sights = lesson.see(others, SILENT)) {
            for (String name : List.of("image-branch", "fused", "normals-ensemble")) {
                // When
                try (TrainedModel model = lesson.learn(name, SILENT)) {
                    // Then
                    for (int i = 0; i < others.size(); i++)
                        assertThat(sights.verdict(model, i)).isEqualTo(model.inspect(others.get(i)));
                }
            }
        }
    }

    @Test
    void anotherSeedLearnsAnewFromWhatTheNetworkSaw() throws IOException {
        // Given
        List<Example> examples = SamplePhotographs.examples(8, 6);
        LearnerSettings first = new LearnerSettings("mobilenet-v2", 96, 1, 1, "cpu");
        try (Learner one = new Learner(first);
                Learner two = new Learner(first.withSeed(2));
                Learner.Lesson lesson = one.look(examples, SILENT)) {
            // When
            lesson.learn("auto", SILENT).close();
            lesson.reseed(2);
            try (TrainedModel reseeded = lesson.learn("auto", SILENT);
                    TrainedModel alone = two.learn(examples, SILENT)) {
                reseeded.write(directory.resolve("reseeded"));
                alone.write(directory.resolve("alone"));
            }
        }
        // Then
        assertThat(directory.resolve("reseeded/model.safetensors"))
                .hasSameBinaryContentAs(directory.resolve("alone/model.safetensors"));
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
