package io.vedette.anomaly.metric;

import java.util.Arrays;

/**
 * The connected parts of a mask; pixels that touch by a corner are connected.
 *
 * @param of width × height: 0 outside, else the part's number from 1
 * @param sizes in pixels, by number − 1
 */
record Regions(int[] of, int[] sizes) {

    /** @param inside width × height, rows from the top */
    static Regions in(boolean[] inside, int width) {
        int[] of = new int[inside.length];
        int[] sizes = new int[16];
        int[] todo = new int[64];
        int count = 0;
        for (int start = 0; start < inside.length; start++) {
            if (!inside[start] || of[start] != 0) continue;
            if (count == sizes.length) sizes = Arrays.copyOf(sizes, 2 * count);
            of[start] = ++count;
            todo[0] = start;
            for (int left = 1; left > 0; ) {
                int pixel = todo[--left];
                sizes[count - 1]++;
                for (int neighbour = 0; neighbour < 9; neighbour++) {
                    int x = pixel % width + neighbour % 3 - 1;
                    int at = pixel + (neighbour / 3 - 1) * width + neighbour % 3 - 1;
                    if (x < 0 || x >= width || at < 0 || at >= inside.length || !inside[at] || of[at] != 0) continue;
                    of[at] = count;
                    if (left == todo.length) todo = Arrays.copyOf(todo, 2 * left);
                    todo[left++] = at;
                }
            }
        }
        return new Regions(of, Arrays.copyOf(sizes, count));
    }
}
