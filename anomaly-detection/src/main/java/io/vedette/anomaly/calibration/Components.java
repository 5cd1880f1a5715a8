package io.vedette.anomaly.calibration;

import java.util.Arrays;

/** Connected places of one label. */
public final class Components {
    private Components() {}

    /**
     * Makes background of what is small.
     *
     * @param labels rows from the top, 0 is background; changed in place
     * @param least how many places, side by side or one above the other, a component must have
     */
    public static void dropSmaller(byte[] labels, int width, int least) {
        boolean[] visited = new boolean[labels.length];
        int[] queue = new int[1024];
        for (int start = 0; start < labels.length; start++) {
            if (labels[start] == 0 || visited[start]) continue;
            byte label = labels[start];
            int filled = 0;
            queue[filled++] = start;
            visited[start] = true;
            for (int at = 0; at < filled; at++) {
                if (filled + 4 > queue.length) queue = Arrays.copyOf(queue, 2 * queue.length);
                int place = queue[at];
                int x = place % width;
                if (x > 0) filled = visit(place - 1, label, labels, visited, queue, filled);
                if (x + 1 < width) filled = visit(place + 1, label, labels, visited, queue, filled);
                if (place >= width) filled = visit(place - width, label, labels, visited, queue, filled);
                if (place + width < labels.length) filled = visit(place + width, label, labels, visited, queue, filled);
            }
            if (filled < least) for (int i = 0; i < filled; i++) labels[queue[i]] = 0;
        }
    }

    private static int visit(int place, byte label, byte[] labels, boolean[] visited, int[] queue, int filled) {
        if (visited[place] || labels[place] != label) return filled;
        visited[place] = true;
        queue[filled] = place;
        return filled + 1;
    }
}
