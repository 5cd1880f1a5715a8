package io.vedette.api.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many labelled images a training needs (specification §5.7). */
enum Minima {
    /** What the learner can make something of. */
    LEARNER(new Need(10, 0), new Need(1, 1)),
    /** What the original service asked for. */
    AWS(new Need(10, 0), new Need(10, 10));

    private static final Need SINGLE = new Need(20, 10);

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

    private static void check(String dataset, Need need, Counts counts, List<String> missing) {
        if (!need.isMetBy(counts)) {
            missing.add(dataset + " needs " + need + " labeled images, and has " + counts + ".");
        }
    }
}
