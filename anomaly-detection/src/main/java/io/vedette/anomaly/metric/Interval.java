package io.vedette.anomaly.metric;

/**
 * Where a share lies with 95 % confidence, as seen in a sample (Wilson 1927, without continuity correction). Nothing seen
 * says nothing: 0 to 1.
 *
 * @param low 0 to the share
 * @param high the share to 1
 */
public record Interval(double low, double high) {
    private static final double Z = 1.959963984540054;

    /** @throws IllegalArgumentException unless 0 ≤ hits ≤ of */
    public static Interval wilson(int hits, int of) {
        if (hits < 0 || hits > of) throw new IllegalArgumentException(hits + " of " + of);
        if (of == 0) return new Interval(0, 1);
        double share = (double) hits / of;
        double widening = Z * Z / of;
        double middle = (share + widening / 2) / (1 + widening);
        double half = Z / (1 + widening) * Math.sqrt(share * (1 - share) / of + widening / (4.0 * of));
        return new Interval(hits == 0 ? 0 : middle - half, hits == of ? 1 : middle + half);
    }
}
