package io.vedette.anomaly.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A photograph's file whose head has been checked: PNG or JPEG, of a size that may be decoded. */
public final class ImageFile {
    private static final int LARGEST_FILE = 8 << 20;
    private static final int LEAST_SIDE = 64;
    private static final int LARGEST_SIDE = 4096;

    private final String name;
    private final byte[] bytes;
    private final Container container;
    private final Dimensions dimensions;

    private ImageFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        if (bytes.length == 0) throw bad("is empty");
        if (bytes.length > LARGEST_FILE) throw bad("is larger than 8 MB");
        container = Container.of(bytes).orElseThrow(() -> bad("is neither a PNG nor a JPEG image"));
        dimensions = with(reader -> new Dimensions(reader.getWidth(0), reader.getHeight(0)));
        int least = Math.min(dimensions.width(), dimensions.height());
        int largest = Math.max(dimensions.width(), dimensions.height());
        if (least < LEAST_SIDE || largest > LARGEST_SIDE)
            throw bad("is " + dimensions + " pixels; each side must be " + LEAST_SIDE + " to " + LARGEST_SIDE);
        if (!container.isWhole(bytes)) throw bad("is damaged or cut short");
    }

    /**
     * Looks at the head of an image; decodes nothing yet.
     *
     * @param name what messages call it
     * @throws UnusableImage if it is not an image that this service takes
     */
    public static ImageFile of(String name, byte[] bytes) {
        return new ImageFile(name, bytes);
    }

    /** What messages call the photograph. */
    public String name() {
        return name;
    }

    public Dimensions dimensions() {
        return dimensions;
    }

    /** Of the file, in lower-case hexadecimal: the same photograph is told by it. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Grey, transparent, 16-bit and CMYK images become RGB; transparency and EXIF are ignored.
     *
     * @param side the long side to bring the picture to, in pixels
     * @throws UnusableImage if the image is damaged
     */
    public Pixels decode(int side) {
        BufferedImage image = with(reader -> reader.read(0));
        return Resize.to(dimensions.fitted(side), new Rgb(image));
    }

    /**
     * Reads every pixel and keeps none.
     *
     * @throws UnusableImage if the image is damaged
     */
    public void check() {
        with(reader -> reader.read(0));
    }

    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    private <T> T with(Use<T> use) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(container.format());
        ImageReader reader = readers.next();
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(stream, true, true);
            return use.of(reader);
        } catch (IOException | RuntimeException e) {
            throw bad("is damaged or cut short");
        } finally {
            reader.dispose();
        }
    }

    private UnusableImage bad(String what) {
        return new UnusableImage("The image " + name + " " + what + ".");
    }
}
