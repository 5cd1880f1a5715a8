package io.vedette.anomaly;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Drawn masks and heat as files. */
public final class Drawings {
    private static final int WHITE = 0xFFFFFF;

    private Drawings() {}

    /**
     * An RGB PNG without alpha, white but for the defects.
     *
     * @param colors 0xRRGGBB of the mask's classes, in their order
     */
    public static byte[] mask(DefectMask mask, int[] colors) {
        BufferedImage image = new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_3BYTE_BGR);
        int[] row = new int[mask.width()];
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                int label = mask.labels()[y * row.length + x];
                row[x] = label == 0 ? WHITE : colors[label - 1];
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return png(image);
    }

    /** A grey PNG of the grid's size: 0 to 255 for heat from 0 to 1. */
    public static byte[] heat(HeatMap heat) {
        BufferedImage image = new BufferedImage(heat.width(), heat.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < heat.values().length; i++)
            image.getRaster().setSample(i % heat.width(), i / heat.width(), 0, Math.round(255 * heat.values()[i]));
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        try (ByteArrayOutputStream png = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, "png", png)) throw new IOException("this Java cannot write PNG");
            return png.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
