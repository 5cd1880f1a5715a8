package io.vedette.anomaly.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;

/** Whatever a decoder gives, as RGB in [0, 1]. */
final class Rgb {
    private Rgb() {}

    static Pixels of(BufferedImage image) {
        float[] rgb = new float[3 * image.getWidth() * image.getHeight()];
        if (hasPlainSamples(image.getColorModel())) samples(image, rgb);
        else converted(image, rgb);
        return new Pixels(image.getWidth(), image.getHeight(), rgb);
    }

    /** Grey and RGB samples are taken as they stand: Java takes grey for linear light and would brighten it. */
    private static boolean hasPlainSamples(ColorModel model) {
        int type = model.getColorSpace().getType();
        return model instanceof ComponentColorModel && (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB);
    }

    private static void samples(BufferedImage image, float[] rgb) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int bands = raster.getNumBands();
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        float[] largest = new float[3];
        for (int c = 0; c < 3; c++) largest[c] = (1 << image.getColorModel().getComponentSize(grey ? 0 : c)) - 1;
        int[] row = new int[width * bands];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++)
                for (int c = 0; c < 3; c++) rgb[3 * (y * width + x) + c] = row[x * bands + (grey ? 0 : c)] / largest[c];
        }
    }

    private static void converted(BufferedImage image, float[] rgb) {
        int width = image.getWidth();
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++)
                for (int c = 0; c < 3; c++) rgb[3 * (y * width + x) + c] = (row[x] >> 16 - 8 * c & 0xff) / 255f;
        }
    }
}
