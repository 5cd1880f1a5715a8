package io.vedette.anomaly.head;

import java.util.Arrays;

/**
 * What training minimises: each picture's label, and the cells where masks or invented defects say what is there. The slopes
 * are written out: under the engine's own gradients DJL frees the numbers that an array was multiplied by before they are
 * used, and a step now and then learns from whatever lies there.
 */
final class PatchLoss {
    private static final int EACH = PatchBatches.EACH;
    private static final double INVENTED = 0.5;

    private final float[] logits;
    private final int outputs;
    private final int places;
    private final double[] said;
    private final float[] slopes;

    private PatchLoss(float[] logits, int outputs, int places) {
        this.logits = logits;
        this.outputs = outputs;
        this.places = places;
        said = new double[logits.length / outputs];
        for (int i = 0; i < said.length; i++) said[i] = sigmoid(logits[i * outputs]);
        slopes = new float[logits.length];
    }

    /**
     * @param logits (3 · EACH · places, outputs)
     * @param outputs 1 + kinds
     * @return the loss by each of the logits
     */
    static float[] slopes(float[] logits, int outputs, PatchBatches.Batch batch) {
        PatchLoss loss = new PatchLoss(logits, outputs, batch.places());
        for (int i = 0; i < EACH; i++) {
            loss.normal(i);
            loss.anomalous(2 * EACH + i);
        }
        loss.cells(EACH, batch.invented(), INVENTED);
        if (Arrays.stream(batch.known()).anyMatch(known -> known != null)) {
            loss.cells(2 * EACH, batch.known(), 1);
            if (outputs > 2) loss.kinds(2 * EACH, batch.kinds());
        }
        return loss.slopes;
    }

    /** Softplus of all cells, and of the highest. */
    private void normal(int picture) {
        for (int p = 0; p < places; p++) slopes[at(picture, p)] += said(picture, p) / (EACH * places);
        int[] top = top(picture);
        for (int p : top) slopes[at(picture, p)] += said(picture, p) / (EACH * top.length);
    }

    /** Softplus of the highest cells' mean, turned around. */
    private void anomalous(int picture) {
        int[] top = top(picture);
        double mean = 0;
        for (int p : top) mean += odds(picture, p) / top.length;
        for (int p : top) slopes[at(picture, p)] -= sigmoid(-mean) / (EACH * top.length);
    }

    private int[] top(int picture) {
        float[] rising = new float[places];
        for (int p = 0; p < places; p++) rising[p] = logits[at(picture, p)];
        Arrays.sort(rising);
        int[] top = new int[Math.max(1, (int) Math.round(PatchHead.SHARE * places))];
        float least = rising[places - top.length];
        int found = 0;
        for (int p = 0; p < places; p++) if (odds(picture, p) > least) top[found++] = p;
        for (int p = 0; p < places && found < top.length; p++) if (odds(picture, p) == least) top[found++] = p;
        return top;
    }

    /** Binary cross-entropy with both sides balanced, and 1 − soft Dice of each picture. */
    private void cells(int first, float[][] targets, double weight) {
        int pictures = 0;
        int ones = 0;
        int zeros = 0;
        for (float[] picture : targets) {
            if (picture == null) continue;
            pictures++;
            for (float target : picture) {
                if (target > 0) ones++;
                else if (target == 0) zeros++;
            }
        }
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] == null) continue;
            entropy(first + i, targets[i], 0.5 * weight / ones, 0.5 * weight / zeros);
            dice(first + i, targets[i], weight / pictures);
        }
    }

    private void entropy(int picture, float[] targets, double one, double zero) {
        for (int p = 0; p < places; p++) {
            if (Float.isNaN(targets[p])) continue;
            slopes[at(picture, p)] += (targets[p] > 0 ? one : zero) * (said(picture, p) - targets[p]);
        }
    }

    private void dice(int picture, float[] targets, double weight) {
        double overlap = 1;
        double sizes = 1;
        for (int p = 0; p < places; p++) {
            if (Float.isNaN(targets[p])) continue;
            double said = said(picture, p);
            overlap += 2 * said * targets[p];
            sizes += said + targets[p];
        }
        for (int p = 0; p < places; p++) {
            if (Float.isNaN(targets[p])) continue;
            double said = said(picture, p);
            double rises = (2 * targets[p] * sizes - overlap) / (sizes * sizes);
            slopes[at(picture, p)] -= weight * rises * said * (1 - said);
        }
    }

    /** Cross-entropy between the kinds, each as weighty as the others, on cells that are defects of a known one. */
    private void kinds(int first, int[][] kinds) {
        int[] cells = new int[outputs - 1];
        for (int[] picture : kinds) if (picture != null) for (int kind : picture) if (kind >= 0) cells[kind]++;
        long present = Arrays.stream(cells).filter(count -> count > 0).count();
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] == null) continue;
            for (int p = 0; p < places; p++) {
                int kind = kinds[i][p];
                if (kind >= 0) kind(at(first + i, p), kind, 1.0 / (cells[kind] * present));
            }
        }
    }

    /** Softmax minus what is true. */
    private void kind(int at, int kind, double weight) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 1; k < outputs; k++) highest = Math.max(highest, logits[at + k]);
        double sum = 0;
        for (int k = 1; k < outputs; k++) sum += Math.exp(logits[at + k] - highest);
        for (int k = 1; k < outputs; k++) slopes[at + k] += weight * Math.exp(logits[at + k] - highest) / sum;
        slopes[at + 1 + kind] -= weight;
    }

    private int at(int picture, int place) {
        return (picture * places + place) * outputs;
    }

    private double odds(int picture, int place) {
        return logits[at(picture, place)];
    }

    /** The probability of an anomaly. */
    private double said(int picture, int place) {
        return said[picture * places + place];
    }

    private static double sigmoid(double odds) {
        return 1 / (1 + Math.exp(-odds));
    }
}
