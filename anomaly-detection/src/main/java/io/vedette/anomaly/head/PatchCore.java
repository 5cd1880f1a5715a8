package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Distance of each cell to the nearest of a few remembered normal ones (PatchCore, arXiv:2106.08265), in the features'
 * own scale: the whitening of the cells is undone.
 */
public final class PatchCore implements PatchScorer {
    private static final int SAMPLED = 20_000;
    private static final int REMEMBERED = 2_000;

    private final Tensor cells;
    private final float[] scale;
    private final NDManager device;
    private final NDManager held;
    private final NDArray scales;
    private final NDArray memory;
    private final NDArray squares;

    /**
     * @param cells (m, d) remembered, in the features' scale
     * @param scale d, what undoes the whitening
     */
    PatchCore(NDManager device, Tensor cells, float[] scale) {
        this.cells = cells;
        this.scale = scale;
        this.device = device;
        held = device.newSubManager();
        scales = held.create(scale, new Shape(1, scale.length));
        NDArray rows = held.create(cells.values(), new Shape(cells.shape()));
        memory = rows.transpose(); // a view: the rows must stay open, since they alone keep Java's buffer alive
        squares = rows.square().sum(new int[] {1}).reshape(1, -1);
    }

    /**
     * @param slots of normal pictures
     * @param scale d deviations that the cells were divided by
     * @param step told every few picks
     */
    public static PatchCore learn(
            PatchFile file, int[] slots, float[] scale, RandomGenerator random, NDManager device, Runnable step) {
        int d = file.channels();
        int each = Math.min(file.cells(), Math.max(1, SAMPLED / slots.length));
        float[][] sample = new float[Math.min(SAMPLED, each * slots.length)][];
        int filled = 0;
        for (int s = 0; s < slots.length && filled < sample.length; s++) {
            if (s % 16 == 0) step.run();
            try (NDArray picture = file.read(device, slots[s])) {
                float[] x = picture.toFloatArray();
                for (int place : distinct(file.cells(), Math.min(each, sample.length - filled), random)) {
                    float[] row = Arrays.copyOfRange(x, place * d, (place + 1) * d);
                    for (int i = 0; i < d; i++) row[i] *= scale[i];
                    sample[filled++] = row;
                }
            }
        }
        int[] picked = KCentre.pick(sample, REMEMBERED, random, step);
        float[] remembered = new float[picked.length * d];
        for (int i = 0; i < picked.length; i++) System.arraycopy(sample[picked[i]], 0, remembered, i * d, d);
        return new PatchCore(device, new Tensor(new long[] {picked.length, d}, remembered), scale);
    }

    private static int[] distinct(int from, int count, RandomGenerator random) {
        int[] all = new int[from];
        for (int i = 0; i < from; i++) all[i] = i;
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i, from);
            int kept = all[i];
            all[i] = all[other];
            all[other] = kept;
        }
        return Arrays.copyOf(all, count);
    }

    @Override
    public float[] score(NDArray whitened) {
        try (NDManager scope = held.newSubManager()) {
            NDArray x = whitened.mul(scales);
            x.attach(scope);
            NDArray own = x.square().sum(new int[] {1}, true);
            NDArray nearest = x.matMul(memory)
                    .muli(-2)
                    .addi(squares)
                    .min(new int[] {1}, true)
                    .addi(own);
            return nearest.maximum(0).sqrt().toFloatArray();
        }
    }

    @Override
    public double share() {
        return 0.01;
    }

    @Override
    public void into(Map<String, Tensor> tensors) {
        tensors.put("patchcore.memory", cells);
        tensors.put("patchcore.scale", Tensor.vector(scale));
    }

    static PatchCore of(SafeTensors stored, NDManager device) {
        return new PatchCore(
                device,
                stored.get("patchcore.memory"),
                stored.get("patchcore.scale").values());
    }

    @Override
    public PatchCore again() {
        return new PatchCore(device, cells, scale);
    }

    @Override
    public void close() {
        held.close();
    }
}
