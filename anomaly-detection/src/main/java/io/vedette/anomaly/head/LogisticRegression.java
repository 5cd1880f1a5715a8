package io.vedette.anomaly.head;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * L2-regularised logistic regression: the minimum of |w|²/2 + c Σ sᵢ loss(tᵢ, w·xᵢ + bias), by limited-memory BFGS. The
 * bias is not regularised, as in scikit-learn.
 *
 * @param weights d of them
 */
public record LogisticRegression(double[] weights, double bias) {
    private static final int MEMORY = 10;
    private static final int MOST_STEPS = 2000;

    /** Rows of d numbers that need not lie in memory together. */
    interface Rows {
        int count();

        /** @return d numbers, good until the next call */
        double[] row(int index);
    }

    /**
     * @param x n rows of d
     * @param targets n probabilities of the positive class
     * @param shares n sample weights > 0
     * @param c inverse strength of the regularisation
     */
    public static LogisticRegression fit(double[][] x, double[] targets, double[] shares, double c) {
        Rows rows = new Rows() {
            @Override
            public int count() {
                return x.length;
            }

            @Override
            public double[] row(int index) {
                return x[index];
            }
        };
        return fit(rows, targets, shares, c);
    }

    /** The same for rows that are made when they are needed. */
    static LogisticRegression fit(Rows x, double[] targets, double[] shares, double c) {
        Objective objective = new Objective(x, targets, shares, c);
        double enough = 1e-10 * c * Arrays.stream(shares).sum();
        Deque<Move> moves = new ArrayDeque<>();
        Point at = objective.at(new double[x.row(0).length + 1]);
        for (int step = 0; step < MOST_STEPS && largest(at.gradient) > enough; step++) {
            Point next = downhill(objective, at, direction(at.gradient, moves), moves.isEmpty());
            if (!(next.value < at.value)) break;
            remember(moves, new Move(minus(next.place, at.place), minus(next.gradient, at.gradient)));
            at = next;
        }
        int d = at.place.length - 1;
        return new LogisticRegression(Arrays.copyOf(at.place, d), at.place[d]);
    }

    private record Point(double[] place, double value, double[] gradient) {}

    /** Backtracks until the step is worth its length (Armijo). */
    private static Point downhill(Objective objective, Point from, double[] direction, boolean first) {
        double slope = dot(from.gradient, direction);
        double length = first ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
        Point next = from;
        for (; length > 1e-12; length /= 2) {
            double[] place = from.place.clone();
            add(place, length, direction);
            next = objective.at(place);
            if (next.value <= from.value + 1e-4 * length * slope) break;
        }
        return next;
    }

    private record Objective(Rows x, double[] targets, double[] shares, double c) {
        Point at(double[] point) {
            double[] gradient = new double[point.length];
            int d = point.length - 1;
            double value = 0;
            for (int j = 0; j < d; j++) {
                value += point[j] * point[j] / 2;
                gradient[j] = point[j];
            }
            for (int i = 0; i < x.count(); i++) {
                double[] row = x.row(i);
                double z = point[d];
                for (int j = 0; j < d; j++) z += point[j] * row[j];
                double weight = c * shares[i];
                value += weight * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[i] * z);
                double pull = weight * (sigmoid(z) - targets[i]);
                for (int j = 0; j < d; j++) gradient[j] += pull * row[j];
                gradient[d] += pull;
            }
            return new Point(point, value, gradient);
        }
    }

    private record Move(double[] step, double[] change) {}

    private static void remember(Deque<Move> moves, Move move) {
        if (dot(move.step, move.change) <= 0) return;
        if (moves.size() == MEMORY) moves.removeFirst();
        moves.addLast(move);
    }

    /** The two-loop recursion of Nocedal (1980). */
    private static double[] direction(double[] gradient, Deque<Move> moves) {
        double[] q = new double[gradient.length];
        add(q, -1, gradient);
        double[] alphas = new double[moves.size()];
        int i = 0;
        for (Iterator<Move> newest = moves.descendingIterator(); newest.hasNext(); i++) {
            Move move = newest.next();
            alphas[i] = dot(move.step, q) / dot(move.step, move.change);
            add(q, -alphas[i], move.change);
        }
        if (moves.isEmpty()) return q;
        Move last = moves.getLast();
        double scale = dot(last.step, last.change) / dot(last.change, last.change);
        for (int j = 0; j < q.length; j++) q[j] *= scale;
        for (Move move : moves) {
            double beta = dot(move.change, q) / dot(move.step, move.change);
            add(q, alphas[--i] - beta, move.step);
        }
        return q;
    }

    public static double sigmoid(double z) {
        return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
    }

    private static void add(double[] to, double times, double[] what) {
        for (int j = 0; j < to.length; j++) to[j] += times * what[j];
    }

    private static double[] minus(double[] a, double[] b) {
        double[] result = a.clone();
        add(result, -1, b);
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) sum += a[j] * b[j];
        return sum;
    }

    private static double largest(double[] a) {
        return Arrays.stream(a).map(Math::abs).max().orElse(0);
    }
}
