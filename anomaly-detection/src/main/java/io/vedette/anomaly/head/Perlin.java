package io.vedette.anomaly.head;

import java.util.random.RandomGenerator;

/** Smooth random spots (Perlin 1985), as DRAEM (arXiv:2108.07610) uses them for invented defects. */
final class Perlin {
    private static final double LEVEL = 0.35;

    private Perlin() {}

    /**
     * @return height × width, true inside the spots; at least one cell is
     */
    static boolean[] spots(int height, int width, RandomGenerator random) {
        double down = 1 << random.nextInt(1, 4);
        double across = 1 << random.nextInt(1, 4);
        double[][] angles = new double[(int) down + 2][(int) across + 2];
        for (double[] row : angles) for (int i = 0; i < row.length; i++) row[i] = random.nextDouble(2 * Math.PI);
        boolean[] inside = new boolean[height * width];
        int highest = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = noise((y + 0.5) * down / height, (x + 0.5) * across / width, angles);
                inside[y * width + x] = value > LEVEL;
                if (value > most) {
                    most = value;
                    highest = y * width + x;
                }
            }
        }
        inside[highest] = true;
        return inside;
    }

    private static double noise(double y, double x, double[][] angles) {
        int y0 = (int) y;
        int x0 = (int) x;
        double fy = y - y0;
        double fx = x - x0;
        double above = mix(slope(angles[y0][x0], fy, fx), slope(angles[y0][x0 + 1], fy, fx - 1), fade(fx));
        double below =
                mix(slope(angles[y0 + 1][x0], fy - 1, fx), slope(angles[y0 + 1][x0 + 1], fy - 1, fx - 1), fade(fx));
        return Math.sqrt(2) * mix(above, below, fade(fy));
    }

    private static double slope(double angle, double y, double x) {
        return Math.cos(angle) * x + Math.sin(angle) * y;
    }

    private static double mix(double a, double b, double share) {
        return a + share * (b - a);
    }

    private static double fade(double t) {
        return t * t * t * (t * (6 * t - 15) + 10);
    }
}
