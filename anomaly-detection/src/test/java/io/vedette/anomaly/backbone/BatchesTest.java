package io.vedette.anomaly.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import io.vedette.anomaly.image.Pixels;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A GPU's memory is the network's that refuses more pictures than it has room for. */
class BatchesTest {
    private static final List<Pixels> PICTURES =
            IntStream.range(0, 11).mapToObj(i -> picture(i, 64)).toList();
    /** Bytes that are left of a GPU: enough for some pictures, too few for 32. */
    private static final long ROOM = 600L << 20;

    @Test
    void batchThatMemoryDoesNotHoldIsHalvedAndNothingIsLostOrSeenTwice() {
        // Given
        List<Integer> tried = new ArrayList<>();
        try (Backbone backbone = scarce(8, 3, tried)) {
            int before = backbone.manager().getManagedArrays().size();
            // When
            List<float[]> pooled = pooled(backbone);
            // Then
            assertThat(tried).containsExactly(8, 4, 2, 2, 2, 2, 2, 1);
            assertThat(backbone.batch()).isEqualTo(2);
            assertThat(backbone.manager().getManagedArrays()).hasSize(before);
            assertSame(pooled, onTheCpu());
        }
    }

    @Test
    void picturesOfSeveralCallsGoInPassesThatTheMemoryIsPlannedFor() {
        // Given
        List<Integer> tried = new ArrayList<>();
        List<float[]> pooled = new ArrayList<>();
        try (Backbone backbone = scarce(4, 11, tried)) {
            // When
            backbone.together(PICTURES, (map, at) -> pooled.add(map.pooled()));
        }
        // Then
        assertThat(tried).containsExactly(4, 4, 3);
        assertSame(pooled, onTheCpu());
    }

    @Test
    void memoryThatHoldsNoPictureIsSaidInOneSentence() {
        try (Backbone backbone = scarce(2, 0, new ArrayList<>())) {
            assertThatThrownBy(() -> pooled(backbone))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not hold a single picture; take a smaller vedette.image-side");
        }
    }

    @Test
    void otherFailuresOfTheEngineAreNotTriedAgain() {
        FittingBatches batches = new FittingBatches(4, () -> {});
        assertThatThrownBy(() -> batches.run(
                        List.of(1, 2),
                        batch -> {
                            throw new EngineException("mat1 and mat2 shapes cannot be multiplied");
                        },
                        (result, from) -> {}))
                .isInstanceOf(EngineException.class);
        assertThat(batches.most()).isEqualTo(4);
    }

    @Test
    @Tag("gpu")
    void featuresOfTheGpuAreThoseOfTheCpu() {
        assumeThat(Engine.getEngine("PyTorch").getGpuCount())
                .as("GPUs that PyTorch can use")
                .isPositive();
        try (Backbone backbone = Backbone.open("mobilenet-v2", 1, "gpu")) {
            assertThat(backbone.batch()).isGreaterThan(1);
            assertSame(pooled(backbone), onTheCpu());
        }
    }

    @Test
    @Tag("gpu")
    void aGpusMemoryIsPlannedWithAsItIsAllowed() {
        assumeThat(Engine.getEngine("PyTorch").getGpuCount())
                .as("GPUs that PyTorch can use")
                .isPositive();
        try (Backbone backbone = Backbone.open("mobilenet-v2", 1, "gpu/1073741824")) {
            assertThat(backbone.batch()).isEqualTo(4);
            assertSame(pooled(backbone), onTheCpu());
        }
    }

    /** The GPU's memory is taken by something else, but for a little. */
    @Test
    @Tag("gpu")
    void batchThatAGpuDoesNotHoldIsHalved() {
        assumeThat(Engine.getEngine("PyTorch").getGpuCount())
                .as("GPUs that PyTorch can use")
                .isPositive();
        List<Pixels> large =
                IntStream.range(0, 32).mapToObj(i -> picture(i, 512)).toList();
        List<float[]> pooled = new ArrayList<>();
        try (Backbone backbone = Backbone.open("mobilenet-v2", 1, "gpu")) {
            int before = backbone.batch();
            backbone.features(large.get(0)).close(); // the engine's own libraries are loaded
            try (NDManager other = backbone.manager().newSubManager()) {
                MemoryUsage memory = CudaUtils.getGpuMemory(Device.gpu());
                other.zeros(new Shape(memory.getMax() - memory.getCommitted() - ROOM), DataType.UINT8);
                backbone.features(large, (map, at) -> pooled.add(map.pooled()));
            }
            System.out.printf("GPU batches of %d, then of %d%n", before, backbone.batch());
            assertThat(before).isEqualTo(32);
            assertThat(backbone.batch()).isLessThan(before);
            assertThat(pooled).hasSize(32);
            for (int i : new int[] {0, 31})
                try (FeatureMap alone = backbone.features(large.get(i))) {
                    assertThat(pooled.get(i)).containsExactly(alone.pooled(), Offset.offset(1e-2f));
                }
        }
    }

    /** @param room the most pictures that this network takes at once */
    private static Backbone scarce(int batch, int room, List<Integer> tried) {
        NDManager manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        Weights weights = Weights.named("mobilenet-v2");
        Steps steps = new Steps(weights, manager, Precision.FLOAT32);
        Taps taps = new Taps() {
            @Override
            public NDList of(NDArray images) {
                int count = (int) images.getShape().get(0);
                tried.add(count);
                if (count > room) throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
                return steps.of(images);
            }

            @Override
            public void close() {
                steps.close();
            }
        };
        return new Backbone(new Backbone.Identity(weights.name(), weights.sha256()), taps, manager, batch);
    }

    private static List<float[]> onTheCpu() {
        try (Backbone backbone = Backbone.open("mobilenet-v2", 1, "cpu")) {
            assertThat(backbone.batch()).isEqualTo(1);
            return pooled(backbone);
        }
    }

    private static List<float[]> pooled(Backbone backbone) {
        List<float[]> pooled = new ArrayList<>();
        backbone.features(PICTURES, (map, at) -> {
            assertThat(at).isEqualTo(pooled.size());
            pooled.add(map.pooled());
        });
        return pooled;
    }

    private static void assertSame(List<float[]> some, List<float[]> others) {
        assertThat(some).hasSameSizeAs(others);
        for (int i = 0; i < some.size(); i++)
            assertThat(some.get(i)).containsExactly(others.get(i), Offset.offset(1e-3f));
    }

    private static Pixels picture(int seed, int side) {
        Random random = new Random(seed);
        float[] rgb = new float[3 * side * side];
        for (int i = 0; i < rgb.length; i++) rgb[i] = random.nextFloat();
        return new Pixels(side, side, rgb);
    }
}
