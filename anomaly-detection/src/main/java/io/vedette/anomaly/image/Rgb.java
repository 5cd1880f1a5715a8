package io.vedette.anomaly.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;

/** Whatever a decoder gives, as rows of RGB in [0, 1]. */
final class Rgb implements Resize.Rows {
    private final BufferedImage image;
    private final boolean plain;
    private final boolean grey;
    private int[] row;

    Rgb(BufferedImage image) {
        this.image = image;
        ColorModel model = image.getColorModel();
        int type = model.getColorSpace().getType();
        grey = type == ColorSpace.TYPE_GRAY;
        plain = model instanceof ComponentColorModel && (grey || type == ColorSpace.TYPE_RGB);
    }

    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    public void read(int y, float[] rgb) {
        if (plain) samples(y, rgb);
        else converted(y, rgb);
    }

    /** Grey and RGB samples are taken as they stand: Java takes grey for linear light and would brighten it. */
    private void samples(int y, float[] rgb) {
        int bands = image.getRaster().getNumBands();
        row = image.getRaster().getPixels(0, y, width(), 1, row);
        for (int c = 0; c < 3; c++) {
            int band = grey ? 0 : c;
            float largest = (1 << image.getColorModel().getComponentSize(band)) - 1;
            for (int x = 0; x < width(); x++) rgb[3 * x + c] = row[x * bands + band] / largest;
        }
    }

    private void converted(int y, float[] rgb) {
        row = image.getRGB(0, y, width(), 1, row, 0, width());
        for (int x = 0; x < width(); x++)
            for (int c = 0; c < 3; c++) rgb[3 * x + c] = (row[x] >> 16 - 8 * c & 0xff) / 255f;
    }
}
