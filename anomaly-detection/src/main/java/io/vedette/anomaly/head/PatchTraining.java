package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/** Trains a {@link PatchHead}: 1×1 layers with batch normalisation, dropout, AdamW and a one-cycle schedule. */
public final class PatchTraining {
    private static final double PEAK = 4e-3;
    private static final double DECAY = 1e-2;

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
    private final PatchLayers layers;
    private final ByteBuffer draws;

    private PatchTraining(Task task, NDManager held, SplittableRandom random) {
        this.task = task;
        this.held = held;
        this.random = random;
        layers = new PatchLayers(held, task.file.channels(), 1 + task.kinds, random);
        int rows = PatchBatches.PICTURES * task.file.cells();
        draws = ByteBuffer.allocateDirect(rows * PatchLayers.UNITS).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Several threads may train at once, each a head of its own.
     *
     * @param step told before each step
     * @return a head that does not depend on the task's file
     */
    public static PatchHead train(Task task, long seed, NDManager device, Runnable step) {
        try (NDManager held = device.newSubManager()) {
            PatchTraining training = new PatchTraining(task, held, new SplittableRandom(seed));
            training.run(step);
            return new PatchHead(device, training.layers.folded());
        }
    }

    private void run(Runnable step) {
        JniUtils.setGradMode(false); // on in every thread but the one that started the engine
        AdamW optimizer = new AdamW(layers.parameters(), DECAY);
        PatchBatches batches = new PatchBatches(task, held, random);
        for (int i = 0; i < task.steps; i++) {
            step.run();
            try (NDManager scope = held.newSubManager()) {
                PatchBatches.Batch batch = batches.next(scope);
                PatchLayers.Pass pass = layers.forward(batch.cells(), kept(scope));
                NDArray slopes = slopes(pass.logits(), batch);
                optimizer.step(layers.backward(pass, slopes), rate(i, task.steps));
            }
        }
    }

    /** @return the loss by each logit; owned by the logits' manager */
    private NDArray slopes(NDArray logits, PatchBatches.Batch batch) {
        float[] slopes = PatchLoss.slopes(logits.toFloatArray(), 1 + task.kinds, batch);
        return logits.getManager().create(slopes, logits.getShape());
    }

    /** One cycle (arXiv:1708.07120): up over 30 % of the steps, then down to nothing, both as a cosine. */
    static double rate(int step, int steps) {
        double rising = 0.3 * steps - 1;
        double share = step <= rising ? step / rising : (step - rising) / (steps - 1 - rising);
        double from = step <= rising ? PEAK / 25 : PEAK;
        double to = step <= rising ? PEAK : PEAK / 25e4;
        return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }

    /** @return (n, units) float32, of which a tenth is 0 and the rest 1 */
    private NDArray kept(NDManager scope) {
        for (int at = 0; at < draws.capacity(); at += Long.BYTES) draws.putLong(at, random.nextLong());
        Shape shape = new Shape(draws.capacity() / PatchLayers.UNITS, PatchLayers.UNITS);
        try (NDArray bytes = scope.create(draws, shape, DataType.UINT8);
                NDArray kept = bytes.gte(Math.round(256 * PatchLayers.DROPOUT))) {
            return kept.toType(DataType.FLOAT32, false); // multiplying by booleans is slower
        }
    }
}
