package io.vedette.anomaly.head;

import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.List;
import java.util.Map;

/** Logistic regression on all 3C pooled features, the classes balanced; the score is the log-odds. */
public record LabelledHead(Standardiser standardiser, float[] weights, float bias) implements Head {
    private static final double STRENGTH = 10;

    /**
     * @param pooled n rows of 3C, of both classes
     * @param anomalous n labels
     */
    public static LabelledHead learn(List<float[]> pooled, boolean[] anomalous) {
        float[][] rows = pooled.toArray(float[][]::new);
        Standardiser standardiser = Standardiser.of(rows);
        int n = rows.length;
        int positives = 0;
        for (boolean label : anomalous) if (label) positives++;
        if (positives == 0 || positives == n) throw new IllegalArgumentException("both classes are needed");
        double[] targets = new double[n];
        double[] shares = new double[n];
        for (int i = 0; i < n; i++) {
            targets[i] = anomalous[i] ? 1 : 0;
            shares[i] = n / (2.0 * (anomalous[i] ? positives : n - positives));
        }
        LogisticRegression fit =
                LogisticRegression.fit(standardiser.over(rows), targets, shares, STRENGTH / rows[0].length);
        float[] weights = new float[fit.weights().length];
        for (int j = 0; j < weights.length; j++) weights[j] = (float) fit.weights()[j];
        return new LabelledHead(standardiser, weights, (float) fit.bias());
    }

    @Override
    public double score(float[] pooled) {
        double[] x = standardiser.apply(pooled);
        double score = bias;
        for (int j = 0; j < x.length; j++) score += weights[j] * x[j];
        return score;
    }

    @Override
    public void into(Map<String, Tensor> tensors) {
        standardiser.into(tensors, "image-branch.");
        tensors.put("image-branch.weights", Tensor.vector(weights));
        tensors.put("image-branch.bias", Tensor.vector(new float[] {bias}));
    }

    static LabelledHead of(SafeTensors stored) {
        return new LabelledHead(
                new Standardiser(
                        stored.get("image-branch.mean").values(),
                        stored.get("image-branch.deviation").values()),
                stored.get("image-branch.weights").values(),
                stored.get("image-branch.bias").values()[0]);
    }
}
