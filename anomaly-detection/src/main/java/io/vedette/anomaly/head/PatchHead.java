package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Arrays;
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

    /** The outputs, then for each of the heads that this one is the mean of its log-odds, but for the mean bias. */
    private final NDArray out;

    private final NDArray outBias;

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
        hidden = held.create(layers.hidden.values(), new Shape(layers.hidden.shape()));
        hiddenBias = held.create(layers.hiddenBias, new Shape(layers.hiddenBias.length));
        int outputs = layers.outBias.length;
        int units = layers.hiddenBias.length;
        float[] rows = Arrays.copyOf(layers.out.values(), (outputs + layers.heads) * units);
        for (int u = 0; u < units; u++)
            rows[(outputs + u / (units / layers.heads)) * units + u] =
                    layers.heads * layers.out.values()[u];
        out = held.create(rows, new Shape(outputs + layers.heads, units));
        outBias = held.create(Arrays.copyOf(layers.outBias, outputs + layers.heads), new Shape(outputs + layers.heads));
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
        float[][] rows = rows(cells);
        int outputs = layers.outBias.length;
        double sum = 0;
        for (int head = outputs; head < rows.length; head++) sum += PatchScorer.top(rows[head], SHARE);
        return new Scored(Arrays.copyOf(rows, outputs), sum / layers.heads + layers.outBias[0]);
    }

    /** @return 1 + kinds rows of n: log-odds of an anomaly, then the kinds' logits */
    public float[][] outputs(NDArray cells) {
        return Arrays.copyOf(rows(cells), layers.outBias.length);
    }

    /** @return the outputs' rows of n, then one of each head */
    private float[][] rows(NDArray cells) {
        try (NDManager scope = held.newSubManager()) {
            NDArray product =
                    cells.getNDArrayInternal().linear(cells, hidden, hiddenBias).singletonOrThrow();
            product.attach(scope);
            NDArray active = product.getNDArrayInternal().relu();
            NDArray last =
                    active.getNDArrayInternal().linear(active, out, outBias).singletonOrThrow();
            float[] flat = last.toFloatArray();
            float[][] rows = new float[layers.outBias.length + layers.heads]
                    [flat.length / (layers.outBias.length + layers.heads)];
            for (int i = 0; i < flat.length; i++) rows[i % rows.length][i / rows.length] = flat[i];
            return rows;
        }
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
