package io.vedette.anomaly.head;

/**
 * Where the defects of a picture are, on the grid of its cells.
 *
 * @param kinds index of each kind of defect that is there
 * @param covers for each of these the share of each cell that it covers, 0 to 1
 */
public record CellMask(int[] kinds, float[][] covers) {
    private static final float DEFECT = 0.5f;
    private static final float CLEAR = 0.05f;

    /** @return of each cell the share that is covered by any defect */
    public float[] union() {
        float[] union = new float[covers[0].length];
        for (float[] cover : covers) for (int i = 0; i < union.length; i++) union[i] += cover[i];
        for (int i = 0; i < union.length; i++) union[i] = Math.min(1, union[i]);
        return union;
    }

    /** @return of each cell 1 for a defect, 0 for background, NaN where the mask's edge leaves it open */
    float[] targets() {
        float[] targets = union();
        float most = 0;
        for (float value : targets) most = Math.max(most, value);
        float enough = Math.min(DEFECT, most); // a small defect fills no cell: then the fullest one stands for it
        for (int i = 0; i < targets.length; i++)
            targets[i] = targets[i] >= enough ? 1 : targets[i] < CLEAR ? 0 : Float.NaN;
        return targets;
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
