package io.vedette.anomaly.head;

/**
 * Where the defects of a picture are, on the grid of its cells.
 *
 * @param width of the grid
 * @param kinds index of each kind of defect that is there
 * @param covers for each of these the share of each cell that it covers, 0 to 1
 */
public record CellMask(int width, int[] kinds, float[][] covers) {
    private static final float DEFECT = 0.5f;
    private static final float CLEAR = 0.05f;

    /** @return of each cell the share that is covered by any defect */
    public float[] union() {
        float[] union = new float[covers[0].length];
        for (float[] cover : covers) for (int i = 0; i < union.length; i++) union[i] += cover[i];
        for (int i = 0; i < union.length; i++) union[i] = Math.min(1, union[i]);
        return union;
    }

    /**
     * A defect is what covers half as much of a cell as of the fullest one around it: lines narrower than a cell never cover
     * half of one, and would be left with a few cells where they happen to lie well.
     *
     * @return of each cell 1 for a defect, 0 for background, NaN where the mask's edge leaves it open
     */
    float[] targets() {
        float[] union = union();
        float[] targets = new float[union.length];
        for (int i = 0; i < targets.length; i++) {
            boolean defect = union[i] > 0 && union[i] >= DEFECT * fullestAround(union, i);
            targets[i] = defect ? 1 : union[i] < CLEAR ? 0 : Float.NaN;
        }
        return targets;
    }

    private float fullestAround(float[] union, int place) {
        int x = place % width;
        int y = place / width;
        float fullest = 0;
        for (int row = Math.max(0, y - 1); row <= Math.min(y + 1, union.length / width - 1); row++)
            for (int column = Math.max(0, x - 1); column <= Math.min(x + 1, width - 1); column++)
                fullest = Math.max(fullest, union[row * width + column]);
        return fullest;
    }

    /** @return of each cell the kind that covers most of it if it is a defect, else −1 */
    int[] kindsOfDefects() {
        float[] targets = targets();
        int[] result = new int[targets.length];
        for (int i = 0; i < result.length; i++) {
            int best = 0;
            for (int k = 1; k < kinds.length; k++) if (covers[k][i] > covers[best][i]) best = k;
            result[i] = targets[i] == 1 ? kinds[best] : -1;
        }
        return result;
    }
}
