package io.vedette.anomaly.calibration;

import io.vedette.anomaly.head.LogisticRegression;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One score from those of several parts: a weighted sum of what each is above its centre, in its own scale. */
public record Blend(Map<String, Term> terms) {
    /** Keeps the weights finite where the parts tell all examples apart. */
    private static final double STRENGTH = 1;

    public record Term(double centre, double scale, double weight) {}

    /** A part's score as it stands. */
    public static Blend of(String part) {
        return new Blend(Map.of(part, new Term(0, 1, 1)));
    }

    /** @param scores of each part that held-out normal examples got */
    public static Blend meanOfDeviations(Map<String, double[]> scores) {
        Map<String, Term> terms = new LinkedHashMap<>();
        scores.forEach((part, of) -> terms.put(part, new Term(mean(of), deviation(of), 1.0 / scores.size())));
        return new Blend(terms);
    }

    /**
     * The log-odds of an anomaly, fitted to what held-out examples got; a part that would count against is left out.
     *
     * @param scores of each part
     */
    public static Blend logistic(Map<String, double[]> scores, boolean[] anomalous) {
        List<String> parts = List.copyOf(scores.keySet());
        Map<String, Term> terms = new LinkedHashMap<>();
        double[][] x = new double[anomalous.length][parts.size()];
        for (int p = 0; p < parts.size(); p++) {
            double[] of = scores.get(parts.get(p));
            terms.put(parts.get(p), new Term(mean(of), deviation(of), 1));
            for (int i = 0; i < x.length; i++) x[i][p] = (of[i] - mean(of)) / deviation(of);
        }
        LogisticRegression fit = LogisticRegression.fit(x, Platt.targets(anomalous), Platt.shares(anomalous), STRENGTH);
        for (int p = 0; p < parts.size(); p++) {
            double weight = fit.weights()[p];
            if (weight <= 0 && parts.size() > 1) return logistic(without(scores, parts.get(p)), anomalous);
            Term term = terms.get(parts.get(p));
            terms.put(parts.get(p), new Term(term.centre, term.scale, Math.max(weight, 1e-3)));
        }
        return new Blend(terms);
    }

    private static Map<String, double[]> without(Map<String, double[]> scores, String part) {
        Map<String, double[]> rest = new LinkedHashMap<>(scores);
        rest.remove(part);
        return rest;
    }

    /** @throws NullPointerException if a part's score is missing */
    public double of(Map<String, Double> scores) {
        double sum = 0;
        for (Map.Entry<String, Term> entry : terms.entrySet()) {
            Term term = entry.getValue();
            sum += term.weight * (scores.get(entry.getKey()) - term.centre) / term.scale;
        }
        return sum;
    }

    /** @param scores of each part, n of them */
    public double[] ofAll(Map<String, double[]> scores) {
        int n = scores.values().iterator().next().length;
        return IntStream.range(0, n)
                .mapToDouble(i -> {
                    Map<String, Double> one = new LinkedHashMap<>();
                    terms.keySet().forEach(part -> one.put(part, scores.get(part)[i]));
                    return of(one);
                })
                .toArray();
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    static double deviation(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        return squares > 1e-18 ? Math.sqrt(squares) : 1;
    }
}
