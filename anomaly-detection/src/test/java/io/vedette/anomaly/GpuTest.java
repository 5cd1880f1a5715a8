package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import io.vedette.anomaly.backbone.Backbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a machine with a GPU can show; elsewhere these tests say that there is none. */
@Tag("gpu")
class GpuTest {
    private static final Progress SILENT = (phase, done, total) -> {};
    private static final List<Example> EXAMPLES = SamplePhotographs.masked(12, 12);
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path stored;

    @BeforeAll
    static void gpu() {
        assumeThat(Engine.getEngine("PyTorch").getGpuCount())
                .as("GPUs that PyTorch can use")
                .isPositive();
    }

    @Test
    void gpuIsTakenWhereThereIsOne() {
        try (Backbone chosen = Backbone.open("mobilenet-v2", 1, "auto");
                Backbone cpu = Backbone.open("mobilenet-v2", 1, "cpu")) {
            assertThat(chosen.isOnGpu()).isTrue();
            assertThat(cpu.isOnGpu()).isFalse();
        }
    }

    @Test
    void modelOfAGpuSaysTheSameOnACpu() throws IOException {
        // Given
        double[] learned = new double[EXAMPLES.size()];
        try (Learner learner = learner("auto");
                TrainedModel model = learner.learn(EXAMPLES, SILENT)) {
            for (int i = 0; i < learned.length; i++)
                learned[i] = model.inspect(EXAMPLES.get(i).photograph()).score();
            model.write(stored);
        }
        String card = Files.readString(stored.resolve("model.json"));
        assertThat(card).containsPattern("\"precision\" : \"float(16|32)\"");
        System.out.println("GPU "
                + card.lines().filter(line -> line.contains("\"precision\"")).toList());
        // When
        try (TrainedModel gpu = TrainedModel.read(stored, 1, "gpu");
                TrainedModel cpu = TrainedModel.read(stored, 1, "cpu")) {
            double far = 0;
            double half = 0;
            for (int i = 0; i < learned.length; i++) {
                Verdict here = gpu.inspect(EXAMPLES.get(i).photograph());
                Verdict there = cpu.inspect(EXAMPLES.get(i).photograph());
                far = Math.max(far, Math.abs(here.confidence() - there.confidence()));
                half = Math.max(half, cpu.calibration().slope() * Math.abs(here.score() - learned[i]));
                // Then
                assertThat(here.anomalous()).isEqualTo(there.anomalous());
                assertThat(here.confidence()).isCloseTo(there.confidence(), Offset.offset(0.01));
            }
            System.out.printf("GPU confidence moves by %.6f to a CPU, log-odds by %.6f from training%n", far, half);
        }
    }

    @Test
    void trainingGivesItsMemoryBack() {
        train(); // what the engine loads for good
        long before = used();
        for (int i = 0; i < 3; i++) train();
        System.out.printf("GPU %d MB used before, %d MB after%n", before / MEGABYTE, used() / MEGABYTE);
        assertThat(used() - before).isLessThan(32 * MEGABYTE);
    }

    private static void train() {
        try (Learner learner = learner("auto");
                TrainedModel model = learner.learn(EXAMPLES, SILENT)) {
            model.inspect(EXAMPLES.get(0).photograph());
        }
    }

    private static Learner learner(String precision) {
        return new Learner(new LearnerSettings("mobilenet-v2", 192, 7, 1, "gpu")
                .withPatchSteps(40)
                .withPrecision(precision));
    }

    private static long used() {
        JniUtils.emptyCudaCache();
        return CudaUtils.getGpuMemory(Device.gpu()).getCommitted();
    }
}
