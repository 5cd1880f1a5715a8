package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** What training minimises: each picture's label, and the cells where masks or invented defects say what is there. */
final class PatchLoss {
    private static final int EACH = PatchBatches.EACH;
    private static final float INVENTED = 0.5f;

    private PatchLoss() {}

    /**
     * @param outputs (3 · EACH · places, 1 + kinds)
     * @return a single number; owned by the manager of {@code outputs}
     */
    static NDArray of(NDArray outputs, PatchBatches.Batch batch) {
        long places = batch.places();
        int top = Math.max(1, (int) Math.round(PatchHead.SHARE * places));
        NDArray odds = outputs.get(new NDIndex(":, 0")).reshape(3L * EACH, places);
        NDArray normal = odds.get(new NDIndex("0:" + EACH));
        NDArray invented = odds.get(new NDIndex(EACH + ":" + 2 * EACH));
        NDArray anomalous = odds.get(new NDIndex(2 * EACH + ":"));
        NDArray loss = softplus(normal)
                .mean()
                .add(softplus(normal.topK(top, 1).get(0)).mean())
                .add(softplus(anomalous.topK(top, 1).get(0).mean(new int[] {1}).neg())
                        .mean());
        loss = loss.add(cells(invented, batch.invented()).mul(INVENTED));
        if (any(batch.known())) loss = loss.add(cells(anomalous, batch.known()));
        long kinds = outputs.getShape().get(1) - 1;
        if (kinds > 1 && any(batch.known())) {
            NDArray logits = outputs.get(new NDIndex(2L * EACH * places + ":, 1:"));
            loss = loss.add(kinds(logits, batch.kinds(), (int) places));
        }
        return loss;
    }

    private static boolean any(float[][] known) {
        for (float[] row : known) if (row != null) return true;
        return false;
    }

    /** Binary cross-entropy with both sides balanced, and 1 − soft Dice of each picture. */
    private static NDArray cells(NDArray odds, float[][] targets) {
        int places = (int) odds.getShape().get(1);
        float[] target = new float[EACH * places];
        float[] clear = new float[EACH * places];
        double ones = 0;
        double zeros = 0;
        float[] pictures = new float[EACH];
        for (int i = 0; i < EACH; i++) {
            if (targets[i] == null) continue;
            pictures[i] = 1;
            for (int p = 0; p < places; p++) {
                float value = targets[i][p];
                if (Float.isNaN(value)) continue;
                target[i * places + p] = value;
                clear[i * places + p] = 1;
                if (value > 0) ones++;
                else zeros++;
            }
        }
        float[] balance = new float[EACH * places];
        for (int i = 0; i < balance.length; i++)
            if (clear[i] > 0) balance[i] = (float) (0.5 / (target[i] > 0 ? ones : zeros));
        NDManager owner = odds.getManager();
        Shape shape = new Shape(EACH, places);
        NDArray t = owner.create(target, shape);
        NDArray c = owner.create(clear, shape);
        NDArray entropy = softplus(odds)
                .sub(odds.mul(t))
                .mul(owner.create(balance, shape))
                .sum();
        NDArray p = odds.getNDArrayInternal().sigmoid().mul(c);
        NDArray overlap = p.mul(t).sum(new int[] {1}).mul(2).add(1);
        NDArray sizes = p.add(t).sum(new int[] {1}).add(1);
        NDArray counted = owner.create(pictures, new Shape(EACH));
        NDArray dice = overlap.div(sizes).neg().add(1).mul(counted).sum().div(counted.sum());
        return entropy.add(dice);
    }

    /** Cross-entropy between the kinds, on cells that are defects of a known one. */
    private static NDArray kinds(NDArray logits, int[][] kinds, int places) {
        int count = (int) logits.getShape().get(1);
        float[] chosen = new float[EACH * places * count];
        float[] share = new float[EACH * places];
        int[] of = new int[count];
        for (int[] picture : kinds) if (picture != null) for (int kind : picture) if (kind >= 0) of[kind]++;
        int present = 0;
        for (int cells : of) if (cells > 0) present++;
        for (int i = 0; i < EACH; i++) {
            if (kinds[i] == null) continue;
            for (int p = 0; p < places; p++) {
                int kind = kinds[i][p];
                if (kind < 0) continue;
                chosen[(i * places + p) * count + kind] = 1;
                share[i * places + p] = 1f / (of[kind] * present);
            }
        }
        NDManager owner = logits.getManager();
        NDArray picked = logits.logSoftmax(1)
                .mul(owner.create(chosen, new Shape(EACH * places, count)))
                .sum(new int[] {1});
        return picked.mul(owner.create(share, new Shape(EACH * places))).sum().neg();
    }

    private static NDArray softplus(NDArray x) {
        return x.getNDArrayInternal().softPlus();
    }
}
