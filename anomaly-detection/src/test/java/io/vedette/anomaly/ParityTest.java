package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.HalfNetworks;
import io.vedette.anomaly.backbone.Precision;
import io.vedette.anomaly.backbone.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real float16, which this engine computes on a CPU too. */
class ParityTest {
    private static final Progress SILENT = (phase, done, total) -> {};
    private static final List<Example> EXAMPLES = SamplePhotographs.masked(10, 10);
    private static final Weights WEIGHTS = Weights.named("mobilenet-v2");

    @TempDir
    private static Path stored;

    private static Learner learner;
    private static TrainedModel model;

    @BeforeAll
    static void learn() {
        learner = new Learner(new LearnerSettings("mobilenet-v2", 96, 7, 1, "cpu").withPatchSteps(20));
        model = learner.learn(EXAMPLES, SILENT);
        model.write(stored);
    }

    @AfterAll
    static void close() {
        model.close();
        learner.close();
    }

    @Test
    void float16IsAsGoodAsHowLittleItMoves() {
        try (Backbone half = HalfNetworks.half(WEIGHTS)) {
            TrainedModel cheaper = model.through(half);
            double furthest = new Parity(EXAMPLES, SILENT).furthest(model, cheaper);
            assertThat(furthest).isBetween(1e-6, 0.1); // it does compute with other numbers
            assertThat(new Parity(EXAMPLES, SILENT).of(model, cheaper)).isEqualTo(furthest <= Parity.TOLERANCE);
        }
    }

    @Test
    void networkThatOverflowsFloat16IsRefusedThoughInFloat32ItIsTheSame() {
        Weights large = HalfNetworks.overflowing(WEIGHTS);
        try (Backbone whole = HalfNetworks.whole(large);
                Backbone half = HalfNetworks.half(large)) {
            assertThat(new Parity(EXAMPLES, SILENT).of(model, model.through(whole)))
                    .isTrue();
            assertThat(new Parity(EXAMPLES, SILENT).of(model, model.through(half)))
                    .isFalse();
            double furthest = new Parity(EXAMPLES, SILENT).furthest(model, model.through(half));
            assertThat(Double.isNaN(furthest) || furthest > 0.1).isTrue();
        }
    }

    @Test
    void whatAgreedIsInTheModelsFilesAndACpuComputesFloat32AllTheSame() throws IOException {
        // Given
        Path halved = Files.createDirectory(stored.resolve("halved"));
        try (TrainedModel agreed = TrainedModel.read(stored, 1, "cpu")) {
            // When
            agreed.recommend(Precision.FLOAT16);
            agreed.write(halved);
        }
        // Then
        assertThat(Files.readString(halved.resolve("model.json"))).contains("\"precision\" : \"float16\"");
        try (TrainedModel read = TrainedModel.read(halved, 1, "cpu")) {
            assertThat(scores(read)).isEqualTo(scores(model));
        }
    }

    @Test
    void modelOfACpuSaysFloat32() throws IOException {
        assertThat(Files.readString(stored.resolve("model.json"))).contains("\"precision\" : \"float32\"");
    }

    @Test
    void precisionThatIsNotThereIsRefused() {
        LearnerSettings settings = new LearnerSettings("mobilenet-v2", 96, 7, 1, "cpu");
        assertThatThrownBy(() -> settings.withPrecision("int8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the precision is float32 or auto, not int8");
    }

    private static List<Double> scores(TrainedModel model) {
        return EXAMPLES.stream()
                .map(example -> model.inspect(example.photograph()).score())
                .toList();
    }
}
