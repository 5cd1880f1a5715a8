package io.vedette.anomaly;

import java.util.Arrays;

/** Drawn masks and heat as files. */
public final class Drawings {
    private Drawings() {}

    /**
     * An RGB PNG without alpha, white but for the defects.
     *
     * @param colors 0xRRGGBB of the mask's classes, in their order
     */
    public static byte[] mask(DefectMask mask, int[] colors) {
        byte[] labels = mask.labels();
        int width = mask.width();
        byte[] row = new byte[3 * width];
        Png png = new Png(Png.Color.RGB, width, mask.height());
        for (int start = 0; start < labels.length; start += width) {
            if (start > 0 && Arrays.equals(labels, start - width, start, labels, start, start + width)) {
                png.same();
            } else {
                draw(labels, start, colors, row);
                png.row(row);
            }
        }
        return png.done();
    }

    private static void draw(byte[] labels, int start, int[] colors, byte[] row) {
        Arrays.fill(row, (byte) 0xFF);
        for (int x = 0; 3 * x < row.length; x++) {
            int label = labels[start + x];
            if (label == 0) continue;
            row[3 * x] = (byte) (colors[label - 1] >> 16);
            row[3 * x + 1] = (byte) (colors[label - 1] >> 8);
            row[3 * x + 2] = (byte) colors[label - 1];
        }
    }

    /** A grey PNG of the grid's size: 0 to 255 for heat from 0 to 1. */
    public static byte[] heat(HeatMap heat) {
        byte[] row = new byte[heat.width()];
        Png png = new Png(Png.Color.GREY, heat.width(), heat.height());
        for (int start = 0; start < heat.values().length; start += row.length) {
            for (int x = 0; x < row.length; x++) row[x] = (byte) Math.round(255 * heat.values()[start + x]);
            png.row(row);
        }
        return png.done();
    }
}
