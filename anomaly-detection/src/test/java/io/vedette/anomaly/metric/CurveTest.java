package io.vedette.anomaly.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurveTest {

    @Test
    void eachPointIsWhatItsThresholdGives() {
        Random random = new Random(2);
        for (int round = 0; round < 300; round++) {
            // Given
            int n = random.nextInt(12);
            double[] scores = random.ints(n, 0, 5).asDoubleStream().toArray();
            boolean[] anomalous = new boolean[n];
            for (int i = 0; i < n; i++) anomalous[i] = random.nextBoolean();
            // When
            List<Curve.Point> points = Curve.of(scores, anomalous).points();
            // Then
            assertThat(points.stream().mapToDouble(Curve.Point::threshold))
                    .containsExactlyElementsOf(Arrays.stream(scores)
                            .distinct()
                            .boxed()
                            .sorted((a, b) -> Double.compare(b, a))
                            .toList());
            for (Curve.Point point : points) {
                ImageMetrics at = ImageMetrics.of(scores, anomalous, point.threshold());
                assertThat(point)
                        .isEqualTo(new Curve.Point(
                                point.threshold(),
                                at.tp(),
                                at.fp(),
                                at.recall(),
                                at.fp() + at.tn() == 0 ? 0 : (double) at.fp() / (at.fp() + at.tn()),
                                at.precision()));
                assertThat(point.f1()).isCloseTo(at.f1(), within(1e-12));
            }
        }
    }

    @Test
    void areaUnderThePointsIsTheOneOfTheMetrics() {
        // Given
        Random random = new Random(3);
        double[] scores = random.ints(200, 0, 40).asDoubleStream().toArray();
        boolean[] anomalous = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) anomalous[i] = random.nextInt(40) < scores[i];
        // When
        double area = 0;
        double x = 0;
        double y = 0;
        for (Curve.Point point : Curve.of(scores, anomalous).points()) {
            area += (point.falsePositiveRate() - x) * (point.recall() + y) / 2;
            x = point.falsePositiveRate();
            y = point.recall();
        }
        // Then
        assertThat(area)
                .isCloseTo(ImageMetrics.of(scores, anomalous, 0).rocAuc(), within(1e-12))
                .isGreaterThan(0.7);
    }

    @Test
    void bestF1IsNotReachedByAnyOtherThreshold() {
        // Given
        double[] scores = {5, 4, 3, 2, 1};
        boolean[] anomalous = {true, false, true, false, false};
        // When, Then
        assertThat(Curve.of(scores, anomalous).bestF1()).isCloseTo(0.8, within(1e-12));
        assertThat(Curve.of(scores, new boolean[5]).bestF1()).isZero();
        assertThat(Curve.of(new double[0], new boolean[0]).bestF1()).isZero();
    }

    @Test
    void notANumberIsRefused() {
        assertThatThrownBy(() -> Curve.of(new double[] {Double.NaN}, new boolean[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.of(new double[] {Double.NaN}, new boolean[1], 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.of(new double[] {1, Double.POSITIVE_INFINITY}, new boolean[2], 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyScoreIsInItsBinOnce() {
        Random random = new Random(4);
        for (int round = 0; round < 100; round++) {
            // Given
            int n = 1 + random.nextInt(30);
            double[] scores = random.doubles(n, -3, 3).toArray();
            boolean[] anomalous = new boolean[n];
            for (int i = 0; i < n; i++) anomalous[i] = random.nextBoolean();
            // When
            Histogram histogram = Histogram.of(scores, anomalous, 7);
            // Then
            List<Double> edges = histogram.edges();
            assertThat(edges).isSorted();
            for (int bin = 0; bin + 1 < edges.size(); bin++) {
                int[] expected = new int[2];
                for (int i = 0; i < n; i++)
                    if (scores[i] >= edges.get(bin) && (scores[i] < edges.get(bin + 1) || bin + 2 == edges.size()))
                        expected[anomalous[i] ? 1 : 0]++;
                assertThat(List.of(
                                histogram.normal().get(bin),
                                histogram.anomalous().get(bin)))
                        .containsExactly(expected[0], expected[1]);
            }
        }
    }

    @Test
    void equalScoresMakeOneBin() {
        assertThat(Histogram.of(new double[] {2, 2, 2}, new boolean[] {true, false, false}, 20))
                .isEqualTo(new Histogram(List.of(2.0, 2.0), List.of(2), List.of(1)));
    }
}
