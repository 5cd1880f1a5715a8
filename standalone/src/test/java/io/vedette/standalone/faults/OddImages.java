package io.vedette.standalone.faults;

import io.vedette.standalone.Photographs;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;

/** Pictures as cameras and enemies make them, of the size of {@link Photographs}. */
final class OddImages {
    private OddImages() {}

    /** Its pixels are four inks. */
    static byte[] cmykJpeg() {
        BufferedImage plain = decoded(Photographs.png(1, false));
        WritableRaster inks =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, plain.getWidth(), plain.getHeight(), 4, null);
        for (int y = 0; y < plain.getHeight(); y++) {
            for (int x = 0; x < plain.getWidth(); x++) {
                int rgb = plain.getRGB(x, y);
                int[] cmyk = {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, 255}; // inverted, as Adobe's are
                inks.setPixel(x, y, cmyk);
            }
        }
        return written(new IIOImage(inks, null, null), "jpeg");
    }

    static byte[] deepPng() {
        BufferedImage plain = decoded(Photographs.png(2, false));
        ComponentColorModel deep = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        BufferedImage image = new BufferedImage(
                deep, deep.createCompatibleWritableRaster(plain.getWidth(), plain.getHeight()), false, null);
        image.getGraphics().drawImage(plain, 0, 0, null);
        return written(new IIOImage(image, null, null), "png");
    }

    /** Its header says that it was taken with the camera on its side. */
    static byte[] rotatedJpeg() {
        byte[] jpeg = Photographs.jpeg(3);
        byte[] tiff = ByteBuffer.allocate(26)
                .put("MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112) // Orientation
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6)
                .putShort((short) 0)
                .putInt(0)
                .array();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(ByteBuffer.allocate(10)
                .putShort((short) 0xFFE1)
                .putShort((short) (8 + tiff.length))
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .array());
        out.writeBytes(tiff);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** A PNG whose first picture is that of programs that know no animations. */
    static byte[] animatedPng() {
        byte[] png = Photographs.png(4, false);
        int head = 8 + 25; // signature and IHDR
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, head);
        chunk(out, "acTL", ByteBuffer.allocate(8).putInt(2).putInt(0).array());
        out.write(png, head, png.length - head);
        return out.toByteArray();
    }

    static byte[] gif() {
        return written(new IIOImage(decoded(Photographs.png(5, false)), null, null), "gif");
    }

    /** A hundred megapixels in a file of some kilobytes. */
    static byte[] bomb() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(10_000)
                        .putInt(10_000)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        chunk(file, "IDAT", zeros(10_000 * (1 + 3 * 10_000)));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] zeros(int length) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 20];
        byte[] packed = new byte[1 << 16];
        for (int left = length; left > 0; left -= piece.length) {
            deflater.setInput(piece, 0, Math.min(left, piece.length));
            while (!deflater.needsInput()) {
                out.write(packed, 0, deflater.deflate(packed));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(packed, 0, deflater.deflate(packed));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static BufferedImage decoded(byte[] image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] written(IIOImage image, String format) {
        Iterator<ImageWriter> writers = image.getRenderedImage() == null
                ? ImageIO.getImageWritersByFormatName(format)
                : ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image.getRenderedImage()), format);
        ImageWriter writer = writers.next();
        while (image.getRenderedImage() == null && !writer.canWriteRasters()) {
            writer = writers.next();
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, image, null);
            stream.flush();
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
    }
}
