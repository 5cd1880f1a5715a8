package io.vedette.anomaly.image;

/** To another size: an axis that shrinks is averaged over areas, one that grows is interpolated linearly. */
final class Resize {
    /** A picture that is read row by row, so that it need not lie in memory as numbers. */
    interface Rows {
        int width();

        int height();

        /** Fills in row {@code y}: width × 3, RGB in [0, 1]. */
        void read(int y, float[] rgb);
    }

    private final int from;
    private final int[] first;
    private final float[][] shares;

    private Resize(int from, int to) {
        this.from = from;
        first = new int[to];
        shares = new float[to][];
        for (int i = 0; i < to; i++) {
            if (to < from) area(i, to);
            else linear(i, to);
        }
    }

    private void area(int i, int to) {
        double start = (double) i * from / to;
        double end = (double) (i + 1) * from / to;
        int last = Math.min(from, (int) Math.ceil(end - 1e-9));
        first[i] = (int) Math.floor(start + 1e-9);
        shares[i] = new float[last - first[i]];
        for (int at = first[i]; at < last; at++) {
            double covered = Math.min(end, at + 1) - Math.max(start, at);
            shares[i][at - first[i]] = (float) (covered / (end - start));
        }
    }

    private void linear(int i, int to) {
        double at = Math.min(from - 1.0, Math.max(0, (i + 0.5) * from / to - 0.5));
        first[i] = (int) Math.floor(at);
        float share = (float) (at - first[i]);
        shares[i] = share == 0 ? new float[] {1} : new float[] {1 - share, share};
    }

    static Pixels to(Dimensions size, Rows source) {
        Resize across = new Resize(source.width(), size.width());
        Resize down = new Resize(source.height(), size.height());
        float[] narrow = across.rows(source);
        float[] result = new float[3 * size.width() * size.height()];
        int row = 3 * size.width();
        for (int y = 0; y < size.height(); y++) {
            float[] share = down.shares[y];
            for (int k = 0; k < share.length; k++)
                add(share[k], narrow, (down.first[y] + k) * row, result, y * row, row);
        }
        return new Pixels(size.width(), size.height(), result);
    }

    private static void add(float share, float[] from, int start, float[] to, int at, int count) {
        for (int i = 0; i < count; i++) to[at + i] += share * from[start + i];
    }

    private float[] rows(Rows source) {
        int to = first.length;
        float[] result = new float[3 * to * source.height()];
        float[] row = new float[3 * source.width()];
        for (int y = 0; y < source.height(); y++) {
            source.read(y, row);
            narrow(row, result, 3 * y * to);
        }
        return result;
    }

    private void narrow(float[] row, float[] result, int start) {
        int out = start;
        for (int x = 0; x < first.length; x++) {
            float red = 0;
            float green = 0;
            float blue = 0;
            int in = 3 * first[x];
            for (float share : shares[x]) {
                red += share * row[in++];
                green += share * row[in++];
                blue += share * row[in++];
            }
            result[out++] = red;
            result[out++] = green;
            result[out++] = blue;
        }
    }
}
