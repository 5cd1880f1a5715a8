package io.vedette.anomaly.head;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Trains a {@link PatchHead}: 1×1 layers with batch normalisation, dropout, AdamW and a one-cycle schedule. */
public final class PatchTraining {
    private static final int UNITS = 96;
    private static final float DROPOUT = 0.1f;
    private static final double PEAK = 4e-3;
    private static final double DECAY = 1e-2;
    private static final float EPSILON = 1e-5f;

    /**
     * @param slot in the file
     * @param mask null if it is not known where the defects are
     */
    public record Sample(int slot, boolean anomalous, CellMask mask) {}

    /**
     * @param kinds of defects that masks tell apart
     * @param steps of the training
     * @param height of the grid
     * @param width of the grid
     */
    public record Task(PatchFile file, List<Sample> samples, int kinds, int steps, int height, int width) {}

    private final Task task;
    private final SplittableRandom random;
    private final NDManager held;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final NDArray mean;
    private final NDArray variance;

    private PatchTraining(Task task, NDManager held, SplittableRandom random) {
        this.task = task;
        this.held = held;
        this.random = random;
        int d = task.file.channels();
        int outputs = 1 + task.kinds;
        parameter("hidden", drawn(d * UNITS, d), d, UNITS);
        parameter("gain", ones(UNITS), UNITS);
        parameter("shift", new float[UNITS], UNITS);
        parameter("out", drawn(UNITS * outputs, UNITS), UNITS, outputs);
        parameter("out.bias", drawn(outputs, UNITS), 1, outputs);
        mean = held.zeros(new Shape(UNITS));
        variance = held.ones(new Shape(UNITS));
    }

    /**
     * @param step told before each step
     * @return a head that does not depend on the task's file
     */
    public static PatchHead train(Task task, long seed, NDManager device, Runnable step) {
        synchronized (PatchTraining.class) { // INVARIANT: DJL allows one GradientCollector in a JVM
            try (NDManager held = device.newSubManager()) {
                PatchTraining training = new PatchTraining(task, held, new SplittableRandom(seed));
                training.run(step);
                return new PatchHead(device, training.layers());
            }
        }
    }

    private void parameter(String name, float[] values, long... shape) {
        NDArray array = held.create(values, new Shape(shape));
        array.setRequiresGradient(true);
        parameters.put(name, array);
    }

    /** Uniform within ±1/√inputs, as PyTorch starts its convolutions. */
    private float[] drawn(int count, int inputs) {
        double bound = 1 / Math.sqrt(inputs);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) random.nextDouble(-bound, bound);
        return values;
    }

    private static float[] ones(int count) {
        float[] values = new float[count];
        java.util.Arrays.fill(values, 1);
        return values;
    }

    private void run(Runnable step) {
        JniUtils.setGradMode(false); // on in every thread but the one that started the engine
        AdamW optimizer = new AdamW(parameters.values(), DECAY);
        PatchBatches batches = new PatchBatches(task, random);
        for (int i = 0; i < task.steps; i++) {
            step.run();
            try (NDManager scope = held.newSubManager()) {
                PatchBatches.Batch batch = batches.next(scope);
                NDArray keep = kept(scope, batch.cells().getShape().get(0));
                try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                    NDArray logits = forward(scope, batch.cells(), keep);
                    NDArray loss = PatchLoss.of(logits, batch);
                    loss.attach(scope);
                    collector.backward(loss);
                }
                optimizer.step(rate(i, task.steps));
            }
        }
    }

    /** One cycle (arXiv:1708.07120): up over 30 % of the steps, then down to nothing, both as a cosine. */
    static double rate(int step, int steps) {
        double rising = 0.3 * steps - 1;
        double share = step <= rising ? step / rising : (step - rising) / (steps - 1 - rising);
        double from = step <= rising ? PEAK / 25 : PEAK;
        double to = step <= rising ? PEAK : PEAK / 25e4;
        return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }

    /** @return (n, 1 + kinds) */
    private NDArray forward(NDManager scope, NDArray cells, NDArray keep) {
        NDArray x = cells.matMul(parameters.get("hidden"));
        x.attach(scope);
        NDArray normed = BatchNorm.batchNorm(
                        x, mean, variance, parameters.get("gain"), parameters.get("shift"), 1, 0.9f, EPSILON, true)
                .singletonOrThrow();
        NDArray active = normed.getNDArrayInternal().relu().mul(keep);
        return active.matMul(parameters.get("out")).add(parameters.get("out.bias"));
    }

    /** @return (n, units), of which a tenth is 0 and the rest makes up for it */
    private NDArray kept(NDManager scope, long rows) {
        byte[] draws = new byte[Math.toIntExact(rows * UNITS)];
        random.nextBytes(draws);
        try (NDArray bytes = scope.create(java.nio.ByteBuffer.wrap(draws), new Shape(rows, UNITS), DataType.UINT8);
                NDArray kept = bytes.gte(Math.round(256 * DROPOUT));
                NDArray numbers = kept.toType(DataType.FLOAT32, false)) {
            return numbers.mul(1 / (1 - DROPOUT));
        }
    }

    /** Batch normalisation folded in. */
    private PatchHead.Layers layers() {
        float[] hidden = parameters.get("hidden").duplicate().transpose().toFloatArray();
        float[] gain = parameters.get("gain").toFloatArray();
        float[] shift = parameters.get("shift").toFloatArray();
        float[] means = mean.toFloatArray();
        float[] variances = variance.toFloatArray();
        int d = task.file.channels();
        float[] bias = new float[UNITS];
        for (int u = 0; u < UNITS; u++) {
            float factor = (float) (gain[u] / Math.sqrt(variances[u] + EPSILON));
            for (int i = 0; i < d; i++) hidden[u * d + i] *= factor;
            bias[u] = shift[u] - means[u] * factor;
        }
        int outputs = 1 + task.kinds;
        return new PatchHead.Layers(
                1,
                new Tensor(new long[] {UNITS, d}, hidden),
                bias,
                new Tensor(
                        new long[] {outputs, UNITS},
                        parameters.get("out").transpose().toFloatArray()),
                parameters.get("out.bias").toFloatArray());
    }
}
