package io.vedette.anomaly.head;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.Random;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The gradients that are written out, beside those of the engine. */
class PatchLayersTest {
    private static final int CELLS = 200;
    private static final int CHANNELS = 5;
    private static final int OUTPUTS = 3;

    @Test
    void gradientsAreThoseOfTheEngine() {
        try (NDManager device = NDManager.newBaseManager()) {
            // Given
            JniUtils.setGradMode(false);
            PatchLayers layers = new PatchLayers(device, CHANNELS, OUTPUTS, new SplittableRandom(1));
            NDArray cells = random(device, 2, CELLS, CHANNELS);
            NDArray keep = random(device, 3, CELLS, PatchLayers.UNITS).gt(-1).toType(DataType.FLOAT32, false);
            NDArray slopes = random(device, 4, CELLS, OUTPUTS);
            NDList parameters = layers.parameters();
            parameters.get(1).addi(random(device, 5, 1, PatchLayers.UNITS).muli(0.1)); // gains and shifts start alike
            parameters.get(2).addi(random(device, 6, 1, PatchLayers.UNITS).muli(0.1));
            NDList expected = parameters(parameters);
            NDArray logits;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                logits = engine(cells, keep, expected);
                collector.backward(logits.mul(slopes).sum());
            }
            // When
            PatchLayers.Pass pass = layers.forward(cells, keep);
            float[] forward = pass.logits().toFloatArray();
            NDList gradients = layers.backward(pass, slopes);
            // Then
            assertThat(forward).containsExactly(logits.toFloatArray(), Offset.offset(1e-4f));
            for (int i = 0; i < expected.size(); i++)
                assertThat(gradients.get(i).toFloatArray())
                        .as("gradient " + i)
                        .containsExactly(expected.get(i).getGradient().toFloatArray(), Offset.offset(2e-3f));
        }
    }

    private static NDList parameters(NDList of) {
        NDList copies = new NDList();
        for (NDArray parameter : of) {
            NDArray copy = parameter.duplicate();
            copy.setRequiresGradient(true);
            copies.add(copy);
        }
        return copies;
    }

    private static NDArray engine(NDArray cells, NDArray keep, NDList parameters) {
        NDManager device = cells.getManager();
        Shape units = new Shape(PatchLayers.UNITS);
        NDArray normed = BatchNorm.batchNorm(
                        cells.matMul(parameters.get(0)),
                        device.zeros(units),
                        device.ones(units),
                        parameters.get(1).reshape(units),
                        parameters.get(2).reshape(units),
                        1,
                        0.9f,
                        1e-5f,
                        true)
                .singletonOrThrow();
        NDArray factor = device.create(1 / (1 - PatchLayers.DROPOUT)); // a bare number's memory is freed too early
        NDArray active = normed.getNDArrayInternal().relu().mul(keep).mul(factor);
        return active.matMul(parameters.get(3)).add(parameters.get(4));
    }

    private static NDArray random(NDManager device, long seed, long rows, int columns) {
        Random random = new Random(seed);
        float[] values = new float[(int) rows * columns];
        for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
        return device.create(values, new Shape(rows, columns));
    }
}
