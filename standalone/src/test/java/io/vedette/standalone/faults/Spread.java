package io.vedette.standalone.faults;

import java.util.Collection;
import java.util.Locale;

/**
 * How figures of one kind are spread.
 *
 * @param sorted ascending, at least one
 */
record Spread(double[] sorted) {
    static Spread of(Collection<Double> figures) {
        return new Spread(
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /** The figure that this share of them does not exceed. */
    double at(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** How many; what a half and a hundredth exceed, and the greatest. */
    String row() {
        return String.format(Locale.ROOT, "%d | %.1f | %.1f | %.1f", sorted.length, at(0.5), at(0.99), at(1));
    }
}
