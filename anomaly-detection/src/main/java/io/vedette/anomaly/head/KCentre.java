package io.vedette.anomaly.head;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Picks rows that leave no row far from a picked one: greedy k-centre, on a random projection. */
final class KCentre {
    private static final int PROJECTED = 64;

    private KCentre() {}

    /**
     * @param rows n of d
     * @param k how many to pick at most
     * @param step told every few picks
     * @return indices, in the order of picking
     */
    static int[] pick(float[][] rows, int k, RandomGenerator random, Runnable step) {
        int n = rows.length;
        if (n <= k) return all(n);
        float[][] columns = projected(rows, random);
        float[] away = new float[n];
        Arrays.fill(away, Float.POSITIVE_INFINITY);
        float[] distance = new float[n];
        int[] picked = new int[k];
        int next = random.nextInt(n);
        for (int i = 0; i < k; i++) {
            if (i % 100 == 0) step.run();
            picked[i] = next;
            Arrays.fill(distance, 0);
            for (float[] column : columns) addSquares(distance, column, column[next]);
            next = farthest(away, distance);
            if (away[next] == 0) return Arrays.copyOf(picked, i + 1);
        }
        return picked;
    }

    private static void addSquares(float[] distance, float[] column, float centre) {
        for (int j = 0; j < distance.length; j++) {
            float difference = column[j] - centre;
            distance[j] += difference * difference;
        }
    }

    private static int farthest(float[] away, float[] distance) {
        for (int j = 0; j < away.length; j++) away[j] = Math.min(away[j], distance[j]);
        int farthest = 0;
        for (int j = 1; j < away.length; j++) if (away[j] > away[farthest]) farthest = j;
        return farthest;
    }

    private static float[][] projected(float[][] rows, RandomGenerator random) {
        int d = rows[0].length;
        float[][] columns = new float[Math.min(PROJECTED, d)][rows.length];
        float[] axis = new float[d];
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; i < d; i++) axis[i] = (float) random.nextGaussian();
            for (int j = 0; j < rows.length; j++) {
                float sum = 0;
                for (int i = 0; i < d; i++) sum += axis[i] * rows[j][i];
                columns[c][j] = sum;
            }
        }
        return columns;
    }

    private static int[] all(int n) {
        int[] all = new int[n];
        for (int i = 0; i < n; i++) all[i] = i;
        return all;
    }
}
