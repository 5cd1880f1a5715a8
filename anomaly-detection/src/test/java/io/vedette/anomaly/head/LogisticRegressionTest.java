package io.vedette.anomaly.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    /** sklearn 1.x: LogisticRegression(C=1).fit([[0],[1],[2],[3]], [0,0,1,1]) solves w = Σ(t−p)x with Σ(t−p) = 0. */
    @Test
    void symmetricProblemHasItsMiddleAtOneAndAHalf() {
        // Given
        double[][] x = {{0}, {1}, {2}, {3}};
        // When
        LogisticRegression fit = LogisticRegression.fit(x, new double[] {0, 0, 1, 1}, ones(4), 1);
        // Then
        assertThat(-fit.bias() / fit.weights()[0]).isCloseTo(1.5, within(1e-6));
        assertStationary(fit, x, new double[] {0, 0, 1, 1}, ones(4), 1);
    }

    @Test
    void slowGradientDescentEndsInTheSamePlace() {
        // Given
        Random random = new Random(3);
        double[][] x = random(random, 20, 3);
        double[] targets = random.doubles(20).map(Math::round).toArray();
        double[] shares = random.doubles(20, 0.5, 2).toArray();
        double[] slow = new double[4];
        for (int step = 0; step < 200_000; step++) {
            double[] gradient = gradient(slow, x, targets, shares, 0.7);
            for (int j = 0; j < 4; j++) slow[j] -= 0.01 * gradient[j];
        }
        // When
        LogisticRegression fit = LogisticRegression.fit(x, targets, shares, 0.7);
        // Then
        for (int j = 0; j < 3; j++) assertThat(fit.weights()[j]).isCloseTo(slow[j], within(1e-6));
        assertThat(fit.bias()).isCloseTo(slow[3], within(1e-6));
    }

    @Test
    void moreFeaturesThanRowsAreNoTrouble() {
        // Given
        double[][] x = random(new Random(5), 30, 600);
        double[] targets = new double[30];
        Arrays.fill(targets, 0, 15, 1);
        // When
        LogisticRegression fit = LogisticRegression.fit(x, targets, ones(30), 10.0 / 600);
        // Then
        assertStationary(fit, x, targets, ones(30), 10.0 / 600);
    }

    private static void assertStationary(
            LogisticRegression fit, double[][] x, double[] targets, double[] shares, double c) {
        double[] point = Arrays.copyOf(fit.weights(), fit.weights().length + 1);
        point[point.length - 1] = fit.bias();
        assertThat(gradient(point, x, targets, shares, c)).containsExactly(new double[point.length], within(1e-7));
    }

    private static double[] gradient(double[] point, double[][] x, double[] targets, double[] shares, double c) {
        int d = point.length - 1;
        double[] gradient = Arrays.copyOf(point, d + 1);
        gradient[d] = 0;
        for (int i = 0; i < x.length; i++) {
            double z = point[d];
            for (int j = 0; j < d; j++) z += point[j] * x[i][j];
            double pull = c * shares[i] * (1 / (1 + Math.exp(-z)) - targets[i]);
            for (int j = 0; j < d; j++) gradient[j] += pull * x[i][j];
            gradient[d] += pull;
        }
        return gradient;
    }

    private static double[][] random(Random random, int n, int d) {
        double[][] x = new double[n][];
        for (int i = 0; i < n; i++) x[i] = random.doubles(d, -2, 2).toArray();
        return x;
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
