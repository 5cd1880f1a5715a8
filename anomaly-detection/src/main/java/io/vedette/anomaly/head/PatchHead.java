package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Two layers on every cell, learned from labels and masks: the log-odds that it is anomalous, then those of each kind of
 * defect against the others.
 */
public final class PatchHead implements PatchScorer {
    static final double SHARE = 0.02;

    private final Layers layers;
    private final NDManager device;
    private final NDManager held;
    private final NDArray hidden;
    private final NDArray hiddenBias;
    private final NDArray out;
    private final NDArray outBias;

    /** For each of the heads that this one is the mean of: its log-odds of an anomaly, but for the mean bias. */
    private final NDArray each;

    /**
     * @param heads that this is the mean of: each has as many units, one after the other
     * @param hidden (units of all heads, d), batch normalisation folded in
     * @param out (1 + kinds, units of all heads)
     */
    record Layers(int heads, Tensor hidden, float[] hiddenBias, Tensor out, float[] outBias) {}

    PatchHead(NDManager device, Layers layers) {
        this.layers = layers;
        this.device = device;
        held = device.newSubManager();
        hidden = held.create(layers.hidden.values(), new Shape(layers.hidden.shape()))
                .transpose();
        hiddenBias = held.create(layers.hiddenBias, new Shape(1, layers.hiddenBias.length));
        out = held.create(layers.out.values(), new Shape(layers.out.shape())).transpose();
        outBias = held.create(layers.outBias, new Shape(1, layers.outBias.length));
        int units = layers.hiddenBias.length;
        float[] single = new float[units * layers.heads];
        for (int u = 0; u < units; u++)
            single[u * layers.heads + u / (units / layers.heads)] =
                    layers.heads * layers.out.values()[u];
        each = held.create(single, new Shape(units, layers.heads));
    }

    /**
     * A head whose outputs, and scores of pictures, are the means of these heads': their hidden units side by side.
     *
     * @param heads at least one, of the same shape, none of them a mean itself; the caller closes them, and the result
     */
    public static PatchHead mean(List<PatchHead> heads) {
        int count = heads.size();
        Layers first = heads.get(0).layers;
        int units = first.hiddenBias.length;
        int d = (int) first.hidden.shape()[1];
        int outputs = first.outBias.length;
        float[] hidden = new float[count * units * d];
        float[] hiddenBias = new float[count * units];
        float[] out = new float[outputs * count * units];
        float[] outBias = new float[outputs];
        for (int h = 0; h < count; h++) {
            Layers layers = heads.get(h).layers;
            System.arraycopy(layers.hidden.values(), 0, hidden, h * units * d, units * d);
            System.arraycopy(layers.hiddenBias, 0, hiddenBias, h * units, units);
            for (int o = 0; o < outputs; o++) {
                outBias[o] += layers.outBias[o] / count;
                for (int u = 0; u < units; u++)
                    out[(o * count + h) * units + u] = layers.out.values()[o * units + u] / count;
            }
        }
        return new PatchHead(
                heads.get(0).device,
                new Layers(
                        count,
                        new Tensor(new long[] {(long) count * units, d}, hidden),
                        hiddenBias,
                        new Tensor(new long[] {outputs, (long) count * units}, out),
                        outBias));
    }

    public int kinds() {
        return layers.outBias.length - 1;
    }

    @Override
    public float[] score(NDArray cells) {
        return outputs(cells)[0];
    }

    /** The picture's score is the mean of what the heads say each for itself: their highest cells need not be the same. */
    @Override
    public Scored read(NDArray cells) {
        try (NDManager scope = held.newSubManager()) {
            NDArray active = active(cells, scope);
            float[][] separate = rows(active.matMul(each), layers.heads);
            double sum = 0;
            for (float[] of : separate) sum += PatchScorer.top(of, SHARE);
            return new Scored(
                    rows(active.matMul(out).addi(outBias), layers.outBias.length)[0],
                    sum / layers.heads + layers.outBias[0]);
        }
    }

    /** @return 1 + kinds rows of n: log-odds of an anomaly, then the kinds' logits */
    public float[][] outputs(NDArray cells) {
        try (NDManager scope = held.newSubManager()) {
            return rows(active(cells, scope).matMul(out).addi(outBias), layers.outBias.length);
        }
    }

    private NDArray active(NDArray cells, NDManager scope) {
        NDArray product = cells.matMul(hidden);
        product.attach(scope);
        return product.addi(hiddenBias).getNDArrayInternal().relu();
    }

    private static float[][] rows(NDArray columns, int count) {
        float[] flat = columns.toFloatArray();
        float[][] rows = new float[count][flat.length / count];
        for (int i = 0; i < flat.length; i++) rows[i % count][i / count] = flat[i];
        return rows;
    }

    @Override
    public double share() {
        return SHARE;
    }

    @Override
    public void into(Map<String, Tensor> tensors) {
        tensors.put("patch-head.heads", Tensor.vector(new float[] {layers.heads}));
        tensors.put("patch-head.hidden", layers.hidden);
        tensors.put("patch-head.hidden.bias", Tensor.vector(layers.hiddenBias));
        tensors.put("patch-head.out", layers.out);
        tensors.put("patch-head.out.bias", Tensor.vector(layers.outBias));
    }

    static PatchHead of(SafeTensors stored, NDManager device) {
        return new PatchHead(
                device,
                new Layers(
                        stored.tensors().containsKey("patch-head.heads")
                                ? (int) stored.get("patch-head.heads").values()[0]
                                : 1,
                        stored.get("patch-head.hidden"),
                        stored.get("patch-head.hidden.bias").values(),
                        stored.get("patch-head.out"),
                        stored.get("patch-head.out.bias").values()));
    }

    @Override
    public PatchHead again() {
        return new PatchHead(device, layers);
    }

    @Override
    public void close() {
        held.close();
    }
}
