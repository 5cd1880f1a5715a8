package io.vedette.anomaly.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void boundsAreTheSharesThatTheSampleIsJustNotTooFarFrom() {
        for (int of = 1; of < 60; of += 7)
            for (int hits = 0; hits <= of; hits++) {
                // When
                Interval interval = Interval.wilson(hits, of);
                // Then
                double share = (double) hits / of;
                assertThat(interval.low()).isCloseTo(bound(share, of, 0, share), within(1e-9));
                assertThat(interval.high()).isCloseTo(bound(share, of, 1, share), within(1e-9));
            }
    }

    /** By halving: the share between {@code far} and {@code near} whose samples stray by 1.96 deviations to this one. */
    private static double bound(double seen, int of, double far, double near) {
        for (int i = 0; i < 100; i++) {
            double middle = (far + near) / 2;
            double deviation = Math.sqrt(middle * (1 - middle) / of);
            if (Math.abs(seen - middle) > 1.959963984540054 * deviation) far = middle;
            else near = middle;
        }
        return near;
    }

    @Test
    void publishedExampleComesOut() {
        // 9 of 10, as statsmodels' proportion_confint(9, 10, method="wilson") has it
        assertThat(Interval.wilson(9, 10).low()).isCloseTo(0.5958, within(1e-4));
        assertThat(Interval.wilson(9, 10).high()).isCloseTo(0.9821, within(1e-4));
    }

    @Test
    void nothingSeenSaysNothing() {
        assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
        assertThat(Interval.wilson(0, 5).low()).isZero();
        assertThat(Interval.wilson(5, 5).high()).isEqualTo(1);
        assertThatThrownBy(() -> Interval.wilson(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void confusionGivesFourIntervals() {
        // Given
        ImageMetrics metrics = new ImageMetrics(0, 0, 0, 0, 0, 8, 2, 18, 4);
        // When, Then
        assertThat(metrics.intervals())
                .isEqualTo(new ImageMetrics.Intervals(
                        Interval.wilson(8, 10),
                        Interval.wilson(8, 12),
                        Interval.wilson(18, 20),
                        Interval.wilson(26, 32)));
    }
}
