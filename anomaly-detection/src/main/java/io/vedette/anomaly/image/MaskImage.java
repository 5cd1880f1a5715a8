package io.vedette.anomaly.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A mask's file: a PNG in which each defect has the colour of its class. What is fully transparent is background; other
 * transparency is ignored, since drawing tools soften edges with it.
 */
public final class MaskImage {
    private static final int WHITE = 0xffffff;
    private static final int LARGEST_FILE = 32 << 20;

    private MaskImage() {}

    /**
     * @param name what messages call it
     * @param size of the photograph, which the mask must have
     * @param colours 0xRRGGBB to the label of its class, 0 for background; white is background unless it is a class
     * @return height × width labels, rows from the top
     * @throws UnusableImage if it is no whole PNG, of another size, or has a colour that stands for nothing
     */
    public static byte[] labels(String name, byte[] bytes, Dimensions size, Map<Integer, Byte> colours) {
        BufferedImage image = decode(name, bytes, size);
        byte[] labels = new byte[size.width() * size.height()];
        int[] row = new int[size.width()];
        int seen = 0;
        byte label = 0;
        for (int y = 0; y < size.height(); y++) {
            argb(image, y, row);
            for (int x = 0; x < row.length; x++) {
                if (row[x] != seen) {
                    seen = row[x];
                    label = seen >>> 24 == 0 ? 0 : label(name, seen & WHITE, colours);
                }
                labels[y * row.length + x] = label;
            }
        }
        return labels;
    }

    /**
     * @param labels height × width
     * @param size of them
     * @param to another size
     * @return of each place of that size the share that is labelled {@code label}, 0 to 1
     */
    public static float[] cover(byte[] labels, Dimensions size, byte label, Dimensions to) {
        return plane(to, size, (y, row) -> {
            for (int x = 0; x < size.width(); x++) row[3 * x] = labels[y * size.width() + x] == label ? 1 : 0;
        });
    }

    /** A plane of values brought to another size. */
    public static float[] resized(float[] plane, Dimensions size, Dimensions to) {
        return plane(to, size, (y, row) -> {
            for (int x = 0; x < size.width(); x++) row[3 * x] = plane[y * size.width() + x];
        });
    }

    private interface Row {
        void read(int y, float[] rgb);
    }

    private static float[] plane(Dimensions to, Dimensions size, Row row) {
        Pixels resized = Resize.to(to, new Resize.Rows() {
            @Override
            public int width() {
                return size.width();
            }

            @Override
            public int height() {
                return size.height();
            }

            @Override
            public void read(int y, float[] rgb) {
                row.read(y, rgb);
            }
        });
        float[] result = new float[to.width() * to.height()];
        for (int i = 0; i < result.length; i++) result[i] = resized.rgb()[3 * i];
        return result;
    }

    private static byte label(String name, int rgb, Map<Integer, Byte> colours) {
        Byte label = colours.get(rgb);
        if (label != null) return label;
        if (rgb == WHITE) return 0;
        throw bad(name, String.format("has the color #%06x, which its color map does not list", rgb));
    }

    /** Small files may hold enormous pictures: only what has the photograph's size is decoded. */
    private static BufferedImage decode(String name, byte[] bytes, Dimensions size) {
        Optional<Container> container = Container.of(bytes);
        if (bytes.length > LARGEST_FILE) throw bad(name, "is larger than 32 MB");
        if (container.isEmpty() || container.get() != Container.PNG) throw bad(name, "is not a PNG image");
        if (!container.get().isWhole(bytes)) throw bad(name, "is damaged or cut short");
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(Container.PNG.format()).next();
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(stream, true, true);
            Dimensions own = new Dimensions(reader.getWidth(0), reader.getHeight(0));
            if (!own.equals(size)) throw bad(name, "is " + own + ", its image " + size);
            return reader.read(0);
        } catch (UnusableImage e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw bad(name, "is damaged or cut short");
        } finally {
            reader.dispose();
        }
    }

    /** Grey samples are taken as they stand: Java takes grey for linear light and would brighten it. */
    private static void argb(BufferedImage image, int y, int[] row) {
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        if (!grey) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            return;
        }
        int bands = image.getRaster().getNumBands();
        int[] samples = image.getRaster().getPixels(0, y, row.length, 1, (int[]) null);
        int largest = (1 << image.getColorModel().getComponentSize(0)) - 1;
        for (int x = 0; x < row.length; x++) {
            int value = Math.round(samples[x * bands] * 255f / largest);
            int alpha = bands > 1 && samples[x * bands + 1] == 0 ? 0 : 255;
            row[x] = alpha << 24 | value << 16 | value << 8 | value;
        }
    }

    private static UnusableImage bad(String name, String what) {
        return new UnusableImage("The mask " + name + " " + what + ".");
    }
}
