package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.SplittableRandom;

/**
 * The patch head while it learns: a 1×1 layer, batch normalisation (arXiv:1502.03167, whose gradients are in its §3), ReLU,
 * dropout and another 1×1 layer. Forward and backward are written out, in place where that is possible: the engine's own
 * gradients leave a dozen arrays of 16 MB behind in each step, and fetching that memory from the system again and again took
 * longer than computing.
 */
final class PatchLayers {
    static final int UNITS = 96;
    static final float DROPOUT = 0.1f;
    private static final float EPSILON = 1e-5f;
    private static final float RENEWED = 0.1f;

    private final NDArray hidden;
    private final NDArray gain;
    private final NDArray shift;
    private final NDArray out;
    private final NDArray outBias;
    private final NDArray mean;
    private final NDArray variance;

    /**
     * What a step remembers for its way back.
     *
     * @param cells (n, d)
     * @param normed (n, units) of mean 0 and variance 1
     * @param active (n, units), what the second layer got, but for a factor
     * @param scale (1, units), what the normalisation multiplied by
     * @param logits (n, outputs)
     */
    record Pass(NDArray cells, NDArray normed, NDArray active, NDArray scale, NDArray logits) {}

    /** @param held what the layers live in */
    PatchLayers(NDManager held, int channels, int outputs, SplittableRandom random) {
        hidden = held.create(drawn(random, channels * UNITS, channels), new Shape(channels, UNITS));
        gain = held.ones(new Shape(1, UNITS));
        shift = held.zeros(new Shape(1, UNITS));
        out = held.create(drawn(random, UNITS * outputs, UNITS), new Shape(UNITS, outputs));
        outBias = held.create(drawn(random, outputs, UNITS), new Shape(1, outputs));
        mean = held.zeros(new Shape(1, UNITS));
        variance = held.ones(new Shape(1, UNITS));
    }

    /** Uniform within ±1/√inputs, as PyTorch starts its convolutions. */
    private static float[] drawn(SplittableRandom random, int count, int inputs) {
        double bound = 1 / Math.sqrt(inputs);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) random.nextDouble(-bound, bound);
        return values;
    }

    /** What is learned, in the order of the gradients. */
    NDList parameters() {
        return new NDList(hidden, gain, shift, out, outBias);
    }

    /**
     * @param cells (n, d)
     * @param keep (n, units) float32: 0 where dropout strikes, else 1
     * @return in the manager of {@code cells}, as everything that it leads to
     */
    Pass forward(NDArray cells, NDArray keep) {
        NDArray normed = cells.matMul(hidden);
        NDArray centre = normed.mean(new int[] {0}, true);
        normed.subi(centre);
        NDArray spread = meanOfProducts(normed, normed);
        NDArray scale = spread.add(EPSILON).sqrt().pow(-1);
        normed.muli(scale);
        renew(mean, centre, 1);
        double n = cells.getShape().get(0);
        renew(variance, spread, n / (n - 1));
        NDArray active;
        try (NDArray shifted = normed.mul(gain).addi(shift)) {
            active = shifted.getNDArrayInternal().relu().muli(keep);
        }
        NDArray logits = active.matMul(out).muli(1 / (1 - DROPOUT)).addi(outBias);
        return new Pass(cells, normed, active, scale, logits);
    }

    private static void renew(NDArray kept, NDArray value, double factor) {
        try (NDArray share = value.mul(RENEWED * factor)) {
            kept.muli(1 - RENEWED).addi(share);
        }
    }

    private static NDArray meanOfProducts(NDArray a, NDArray b) {
        try (NDArray products = a.mul(b)) {
            return products.mean(new int[] {0}, true);
        }
    }

    /**
     * Uses up the pass.
     *
     * @param slopes (n, outputs), the loss by the logits
     * @return the loss by each of {@link #parameters()}
     */
    NDList backward(Pass pass, NDArray slopes) {
        NDArray ofBias = slopes.sum(new int[] {0}, true);
        slopes.muli(1 / (1 - DROPOUT));
        NDArray ofOut = pass.active.transpose().matMul(slopes);
        NDArray back = slopes.matMul(out.transpose());
        back.muli(pass.active.sign()); // ReLU and dropout at once
        NDArray ofShift = back.sum(new int[] {0}, true);
        NDArray meanBack = back.mean(new int[] {0}, true);
        NDArray along = meanOfProducts(back, pass.normed);
        back.subi(meanBack).subi(pass.normed.muli(along));
        NDArray ofHidden = pass.cells.transpose().matMul(back).muli(pass.scale.mul(gain));
        NDArray ofGain = along.mul(pass.cells.getShape().get(0));
        return new NDList(ofHidden, ofGain, ofShift, ofOut, ofBias);
    }

    /** Batch normalisation folded in. */
    PatchHead.Layers folded() {
        int channels = (int) hidden.getShape().get(0);
        int outputs = (int) out.getShape().get(1);
        float[] weights = hidden.transpose().toFloatArray();
        float[] gains = gain.toFloatArray();
        float[] bias = shift.toFloatArray();
        float[] means = mean.toFloatArray();
        float[] variances = variance.toFloatArray();
        for (int u = 0; u < UNITS; u++) {
            float factor = (float) (gains[u] / Math.sqrt(variances[u] + EPSILON));
            for (int i = 0; i < channels; i++) weights[u * channels + i] *= factor;
            bias[u] -= means[u] * factor;
        }
        return new PatchHead.Layers(
                1,
                new Tensor(new long[] {UNITS, channels}, weights),
                bias,
                new Tensor(new long[] {outputs, UNITS}, out.transpose().toFloatArray()),
                outBias.toFloatArray());
    }
}
