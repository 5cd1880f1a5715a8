package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import io.vedette.anomaly.TrainedModel.Asked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A photograph's score hardly depends on how many threads, or which other photographs, it is scored with. */
class SameScoresTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-4);

    @TempDir
    private static Path stored;

    private static final List<Example> EXAMPLES = SamplePhotographs.masked(10, 10);
    private static TrainedModel model;

    @BeforeAll
    static void learn() {
        try (Learner learner = new Learner(new LearnerSettings("mobilenet-v2", 192, 7, 2, "cpu").withCopies(1));
                TrainedModel learned = learner.learn(EXAMPLES, (phase, done, total) -> {})) {
            learned.write(stored);
        }
        model = TrainedModel.read(stored, 2, "cpu");
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void oneThreadAndTwoAgree() {
        List<Verdict> two = alone(model);
        try (TrainedModel single = TrainedModel.read(stored, 1, "cpu")) {
            assertClose(alone(single), two);
        }
    }

    @Test
    void photographsThatAreScoredTogetherGetTheirOwnScores() {
        List<Verdict> alone = alone(model);
        for (int size : new int[] {1, 3, 8}) {
            assertClose(together(model, size), alone);
        }
    }

    @Test
    @Tag("gpu")
    void soTheyDoOnAGpu() {
        assumeThat(Engine.getEngine("PyTorch").getGpuCount()).isPositive();
        try (TrainedModel onGpu = TrainedModel.read(stored, 2, "gpu")) {
            assertThat(onGpu.isOnGpu()).isTrue();
            assertClose(together(onGpu, 8), alone(onGpu));
            assertClose(alone(onGpu), alone(model));
        }
    }

    private static List<Verdict> alone(TrainedModel model) {
        return EXAMPLES.stream().map(one -> model.inspect(one.photograph())).toList();
    }

    private static List<Verdict> together(TrainedModel model, int size) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < EXAMPLES.size(); i += size) {
            List<Asked> batch = EXAMPLES.subList(i, Math.min(EXAMPLES.size(), i + size)).stream()
                    .map(one -> new Asked(model.prepare(one.photograph()), model.threshold()))
                    .toList();
            verdicts.addAll(model.inspect(batch, () -> {}));
        }
        return verdicts;
    }

    private static void assertClose(List<Verdict> some, List<Verdict> others) {
        assertThat(some).hasSameSizeAs(others);
        for (int i = 0; i < some.size(); i++) {
            assertThat(some.get(i).score()).isCloseTo(others.get(i).score(), CLOSE);
            assertThat(some.get(i).anomalous()).isEqualTo(others.get(i).anomalous());
            assertThat(some.get(i).defects()).isPresent();
        }
    }
}
