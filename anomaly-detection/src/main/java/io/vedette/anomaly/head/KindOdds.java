package io.vedette.anomaly.head;

/** From logits to how probable it is that a cell shows each kind of defect. */
public final class KindOdds {
    private KindOdds() {}

    /**
     * @param anomaly n log-odds that the cell is anomalous
     * @param kinds rows of n logits, of the kinds against each other
     * @return as many rows of n in [0, 1]: that it is anomalous, times that it is that kind then
     */
    public static float[][] probabilities(float[] anomaly, float[][] kinds) {
        float[][] result = new float[kinds.length][anomaly.length];
        for (int p = 0; p < anomaly.length; p++) {
            float most = Float.NEGATIVE_INFINITY;
            for (float[] row : kinds) most = Math.max(most, row[p]);
            double sum = 0;
            for (float[] row : kinds) sum += Math.exp(row[p] - most);
            double odds = LogisticRegression.sigmoid(anomaly[p]);
            for (int k = 0; k < kinds.length; k++) result[k][p] = (float) (odds * Math.exp(kinds[k][p] - most) / sum);
        }
        return result;
    }
}
