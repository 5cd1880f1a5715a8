package io.vedette.anomaly.image;

/** Values on the cells of a grid, interpolated linearly to the pixels of a picture that the grid covers, row by row. */
public final class Enlargement {
    private final Dimensions from;
    private final Dimensions to;
    private final int[] left;
    private final float[] share;

    public Enlargement(Dimensions from, Dimensions to) {
        this.from = from;
        this.to = to;
        left = new int[to.width()];
        share = new float[to.width()];
        for (int x = 0; x < left.length; x++) {
            double at = place(x, to.width(), from.width());
            left[x] = Math.min((int) at, Math.max(0, from.width() - 2));
            share[x] = (float) (at - left[x]);
        }
    }

    private static double place(int pixel, int pixels, int cells) {
        return Math.min(cells - 1.0, Math.max(0, (pixel + 0.5) * cells / pixels - 0.5));
    }

    /**
     * @param cells height × width of the grid
     * @param y row of the picture
     * @param row filled in: as long as the picture is wide
     */
    public void row(float[] cells, int y, float[] row) {
        double at = place(y, to.height(), from.height());
        int above = above(at);
        int below = Math.min(above + 1, from.height() - 1);
        float down = (float) (at - above);
        for (int x = 0; x < row.length; x++) {
            int right = Math.min(left[x] + 1, from.width() - 1);
            float upper = mix(cells[above * from.width() + left[x]], cells[above * from.width() + right], share[x]);
            float lower = mix(cells[below * from.width() + left[x]], cells[below * from.width() + right], share[x]);
            row[x] = mix(upper, lower, down);
        }
    }

    /** What no value of a row exceeds; {@code cells} and {@code y} as for {@link #row}. */
    public double bound(float[] cells, int y) {
        int above = above(place(y, to.height(), from.height()));
        int below = Math.min(above + 1, from.height() - 1);
        float highest = 0;
        for (int x = 0; x < from.width(); x++)
            highest = Math.max(highest, Math.max(cells[above * from.width() + x], cells[below * from.width() + x]));
        return highest * (1 + 1e-5); // mixing may round up
    }

    private int above(double at) {
        return Math.min((int) at, Math.max(0, from.height() - 2));
    }

    private static float mix(float a, float b, float share) {
        return a + share * (b - a);
    }
}
