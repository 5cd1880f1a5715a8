package io.vedette.standalone.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A photograph in grey with heat laid over it: a tinge below the threshold, yellow from there on, red far beyond. */
final class HeatOverlay {
    private static final double VISIBLE = 0.3;
    private static final int OUTLINE = 0x00B7FF;
    private static final int WHITE = 0xFFFFFF;

    private HeatOverlay() {}

    /**
     * @param heat grey, covers the whole photograph; null for none
     * @param mask outlined in blue; null for none
     * @return RGB of the given size
     */
    static BufferedImage draw(BufferedImage photo, BufferedImage heat, BufferedImage mask, int width, int height) {
        BufferedImage base = scaled(photo, width, height, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        BufferedImage fine =
                heat == null ? null : scaled(heat, width, height, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int grey = lightness(base.getRGB(x, y));
                double level = fine == null ? 0 : (fine.getRGB(x, y) & 0xFF) / 255.0;
                base.setRGB(x, y, blended(grey, level));
            }
        }
        if (mask != null) {
            outline(base, mask);
        }
        return base;
    }

    /** The colour of a heat from 0 to 1 on a grey, as in the overlay. */
    static int blended(int grey, double level) {
        double below = Math.max(0, (level - VISIBLE) * 1.5); // a tinge only: these cells are within what is normal
        double share = level < 0.5 ? below : Math.min(0.75, 0.45 + (level - 0.5));
        double warmth = Math.min(1, Math.max(0, (level - 0.5) / 0.4)); // yellow turns to red beyond the threshold
        int red = mixed(grey, 255 - 30 * warmth, share);
        int green = mixed(grey, 205 * (1 - warmth) + 20 * warmth, share);
        int blue = mixed(grey, 30, share);
        return red << 16 | green << 8 | blue;
    }

    private static int mixed(int grey, double color, double share) {
        return (int) Math.round(grey * (1 - share) + color * share);
    }

    private static int lightness(int rgb) {
        return (int) Math.round(0.3 * (rgb >> 16 & 0xFF) + 0.59 * (rgb >> 8 & 0xFF) + 0.11 * (rgb & 0xFF));
    }

    /** Colours the pixels just outside the drawn defects, two wide. */
    private static void outline(BufferedImage base, BufferedImage mask) {
        int width = base.getWidth();
        int height = base.getHeight();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (!defective(mask, x, y, width, height) && touches(mask, x, y, width, height)) {
                    base.setRGB(x, y, OUTLINE);
                }
            }
        }
    }

    private static boolean touches(BufferedImage mask, int x, int y, int width, int height) {
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                if (defective(mask, x + dx, y + dy, width, height)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean defective(BufferedImage mask, int x, int y, int width, int height) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return false;
        }
        int pixel = mask.getRGB(x * mask.getWidth() / width, y * mask.getHeight() / height);
        return pixel >>> 24 != 0 && (pixel & WHITE) != WHITE;
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height, Object interpolation) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }
}
