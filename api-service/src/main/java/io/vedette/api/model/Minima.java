package io.vedette.api.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How many labelled images a training needs (specification §5.7). */
enum Minima {
    /** What the learner can make something of. */
    LEARNER(new Need(10, 0), new Need(1, 1)),
    /** What the original service asked for. */
    AWS(new Need(10, 0), new Need(10, 10));

    private static final Need SINGLE = new Need(20, 10);
    private static final int LABEL_IN_SINGLE = 20;
    private static final int LABEL_IN_EACH = 10;

    private final Need train;
    private final Need test;

    Minima(Need train, Need test) {
        this.train = train;
        this.test = test;
    }

    /** Labelled images of a data set. */
    record Counts(int normal, int anomaly) {
        @Override
        public String toString() {
            return normal + " normal and " + anomaly + " anomalous";
        }
    }

    private record Need(int normal, int anomaly) {
        boolean isMetBy(Counts counts) {
            return counts.normal() >= normal && counts.anomaly() >= anomaly;
        }

        @Override
        public String toString() {
            return anomaly == 0
                    ? "at least " + normal + " normal"
                    : "at least " + normal + " normal and " + anomaly + " anomalous";
        }
    }

    /** What is missing, in words for the caller; empty if it is enough. Without a test data set the one is divided. */
    Optional<String> missing(Counts trainCounts, Optional<Counts> testCounts) {
        List<String> missing = new ArrayList<>();
        if (testCounts.isEmpty()) {
            check("The project's single dataset", SINGLE, trainCounts, missing);
        } else {
            check("The training dataset", train, trainCounts, missing);
            check("The test dataset", test, testCounts.get(), missing);
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", missing));
    }

    /** Whether each anomaly label has a minimum of its own. */
    boolean countLabels() {
        return this == AWS;
    }

    /**
     * As {@link #missing}, of the anomaly labels of a segmentation.
     *
     * @param train by label: how many images have that label alone; no labels where the training data has no masks
     * @param test likewise; empty where the one data set is divided
     */
    Optional<String> missingLabels(Map<String, Integer> train, Optional<Map<String, Integer>> test) {
        if (!countLabels() || train.isEmpty()) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>();
        Set<String> labels = new TreeSet<>(train.keySet());
        test.ifPresent(counts -> labels.addAll(counts.keySet()));
        for (String label : labels) {
            if (test.isEmpty()) {
                checkLabel("The project's single dataset", LABEL_IN_SINGLE, label, train, missing);
            } else {
                checkLabel("The training dataset", LABEL_IN_EACH, label, train, missing);
                checkLabel("The test dataset", LABEL_IN_EACH, label, test.get(), missing);
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", missing));
    }

    private static void checkLabel(
            String dataset, int need, String label, Map<String, Integer> counts, List<String> missing) {
        int has = counts.getOrDefault(label, 0);
        if (has < need) {
            missing.add(dataset + " needs at least " + need + " images whose mask has the anomaly label " + label
                    + " alone, and has " + has + ".");
        }
    }

    private static void check(String dataset, Need need, Counts counts, List<String> missing) {
        if (!need.isMetBy(counts)) {
            missing.add(dataset + " needs " + need + " labeled images, and has " + counts + ".");
        }
    }
}
