package io.vedette.anomaly.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** Whatever a decoder gives, as rows of RGB in [0, 1]. */
final class Rgb implements Resize.Rows {
    private final BufferedImage image;
    private final boolean plain;
    private final boolean grey;
    private final Bytes bytes; // null unless the samples are bytes side by side
    private int[] row;

    Rgb(BufferedImage image) {
        this.image = image;
        ColorModel model = image.getColorModel();
        int type = model.getColorSpace().getType();
        grey = type == ColorSpace.TYPE_GRAY;
        plain = model instanceof ComponentColorModel && (grey || type == ColorSpace.TYPE_RGB);
        bytes = plain ? Bytes.of(image.getRaster(), grey) : null;
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
        if (bytes != null) bytes.read(y, rgb);
        else if (plain) samples(y, rgb);
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

    /**
     * What decoders mostly give, read from where it lies: the same numbers as {@link Rgb#samples}, several times as fast.
     *
     * @param first where the first red, green and blue are
     * @param step from pixel to pixel
     * @param stride from row to row
     */
    private record Bytes(byte[] data, int[] first, int step, int stride) {
        private static final float[] SHARES = new float[256];

        static {
            for (int i = 0; i < SHARES.length; i++) SHARES[i] = i / 255f;
        }

        static Bytes of(Raster raster, boolean grey) {
            if (!(raster.getDataBuffer() instanceof DataBufferByte buffer)
                    || !(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
                    || raster.getSampleModelTranslateX() != 0
                    || raster.getSampleModelTranslateY() != 0) return null;
            int[] first = new int[3];
            for (int c = 0; c < 3; c++) first[c] = buffer.getOffset() + model.getBandOffsets()[grey ? 0 : c];
            return new Bytes(buffer.getData(), first, model.getPixelStride(), model.getScanlineStride());
        }

        void read(int y, float[] rgb) {
            int red = first[0] + y * stride;
            int green = first[1] + y * stride;
            int blue = first[2] + y * stride;
            for (int x = 0, at = 0; x < rgb.length; x += 3, at += step) {
                rgb[x] = SHARES[data[red + at] & 0xff];
                rgb[x + 1] = SHARES[data[green + at] & 0xff];
                rgb[x + 2] = SHARES[data[blue + at] & 0xff];
            }
        }
    }
}
