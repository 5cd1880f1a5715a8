package io.vedette.anomaly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void truncatedImageIsBad(String format) {
        // Given
        byte[] whole = encoded(gradient(BufferedImage.TYPE_INT_RGB), format);
        for (int length : new int[] {20, whole.length / 4, whole.length / 2, whole.length - 8}) {
            byte[] cut = Arrays.copyOf(whole, length);
            // When, Then
            assertThatThrownBy(() -> open(cut).decode(128))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOf(UnusableImage.class)
                    .hasMessage("The image s3://b/photo.png is damaged or cut short.");
        }
    }

    @Test
    void textAndNothingAreNoImages() {
        // Given
        byte[] text = "not a picture".getBytes(StandardCharsets.UTF_8);
        // When, Then
        assertThatThrownBy(() -> open(text))
                .isInstanceOf(UnusableImage.class)
                .hasMessageContaining("photo.png is neither");
        assertThatThrownBy(() -> open(new byte[0]))
                .isInstanceOf(UnusableImage.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void tooLargeAFileIsBad() {
        // Given
        byte[] padded = Arrays.copyOf(encoded(gradient(BufferedImage.TYPE_INT_RGB), "jpeg"), (8 << 20) + 1);
        // When, Then
        assertThatThrownBy(() -> open(padded))
                .isInstanceOf(UnusableImage.class)
                .hasMessageContaining("larger than 8 MB");
    }

    @Test
    void sizesAreCheckedBeforeAnythingIsDecoded() {
        // Given
        byte[] bomb = pngHead(60_000, 60_000);
        byte[] tiny = encoded(new BufferedImage(63, 64, BufferedImage.TYPE_INT_RGB), "png");
        // When, Then
        assertThatThrownBy(() -> open(bomb))
                .isInstanceOf(UnusableImage.class)
                .hasMessageContaining("is 60000x60000 pixels");
        assertThatThrownBy(() -> open(tiny)).isInstanceOf(UnusableImage.class).hasMessageContaining("is 63x64 pixels");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_3BYTE_BGR
            })
    void everyKindOfPngBecomesRgb(int type) {
        // Given
        byte[] png = encoded(flat(type), "png");
        // When
        Pixels pixels = open(png).decode(128);
        // Then
        assertThat(pixels.width()).isEqualTo(128);
        for (float value : pixels.rgb()) assertThat(value).isCloseTo(102 / 255f, within(0.003f));
    }

    @Test
    void cmykJpegBecomesRgb() throws IOException {
        // Given
        byte[] jpeg = cmyk();
        // When
        Pixels pixels = open(jpeg).decode(64);
        // Then
        float[] rgb = pixels.rgb();
        for (float value : rgb) assertThat(value).isBetween(0f, 1f);
        assertThat(rgb[0]).as("cyan ink leaves no red").isLessThan(rgb[2] - 0.3f);
    }

    @Test
    void shrinkingAveragesAndGrowingInterpolates() {
        // Given
        BufferedImage image = new BufferedImage(4, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 4; x++) image.getRaster().setSample(x, y, 0, 51 * x);
        Rgb ramp = new Rgb(image);
        // When
        Pixels narrow = Resize.to(new Dimensions(2, 64), ramp);
        Pixels odd = Resize.to(new Dimensions(3, 64), ramp);
        Pixels wide = Resize.to(new Dimensions(8, 32), ramp);
        // Then
        assertThat(reds(narrow)).containsExactly(new float[] {0.5f, 2.5f}, within(1e-6f));
        assertThat(reds(odd)).containsExactly(new float[] {0.25f, 1.5f, 2.75f}, within(1e-6f));
        assertThat(reds(wide))
                .containsExactly(new float[] {0, 0.25f, 0.75f, 1.25f, 1.75f, 2.25f, 2.75f, 3}, within(1e-6f));
    }

    @Test
    void fittedSidesAreMultiplesOf32() {
        assertThat(new Dimensions(512, 354).fitted(384)).isEqualTo(new Dimensions(384, 256));
        assertThat(new Dimensions(128, 128).fitted(384)).isEqualTo(new Dimensions(384, 384));
        assertThat(new Dimensions(4096, 64).fitted(384)).isEqualTo(new Dimensions(384, 64));
    }

    private static float[] reds(Pixels pixels) {
        float[] reds = new float[pixels.width()];
        for (int x = 0; x < reds.length; x++) reds[x] = pixels.rgb()[3 * x] * 5;
        return reds;
    }

    private static BufferedImage gradient(int type) {
        BufferedImage image = new BufferedImage(160, 128, type);
        for (int y = 0; y < 128; y++) for (int x = 0; x < 160; x++) image.setRGB(x, y, x * 0x10101 ^ y * 0x30507);
        return image;
    }

    /** Every sample at 102 of 255, set as it is stored. */
    private static BufferedImage flat(int type) {
        BufferedImage image = new BufferedImage(128, 96, type);
        boolean deep = type == BufferedImage.TYPE_USHORT_GRAY;
        boolean grey = deep || type == BufferedImage.TYPE_BYTE_GRAY;
        for (int y = 0; y < 96; y++)
            for (int x = 0; x < 128; x++) {
                if (grey) image.getRaster().setSample(x, y, 0, deep ? 102 * 257 : 102);
                else image.setRGB(x, y, 0xff666666);
            }
        return image;
    }

    /** Adobe's way, told by a marker after the first two bytes: inks are stored inverted. Full cyan, no other ink. */
    private static byte[] cmyk() throws IOException {
        WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 64, 4, null);
        for (int y = 0; y < 64; y++) for (int x = 0; x < 64; x++) inks.setPixel(x, y, new int[] {0, 255, 255, 255});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        ImageWriter writer = writers.next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(inks, null, null));
        } finally {
            writer.dispose();
        }
        byte[] written = out.toByteArray();
        ByteBuffer marked = ByteBuffer.allocate(written.length + 16);
        marked.put(written, 0, 2).put(new byte[] {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e'});
        marked.put(new byte[] {0, 100, 0, 0, 0, 0, 0}).put(written, 2, written.length - 2);
        return marked.array();
    }

    /** A head that promises this size, and nothing after it. */
    private static byte[] pngHead(int width, int height) {
        ByteBuffer head = ByteBuffer.allocate(33);
        head.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        head.putInt(13)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height);
        head.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(head.array(), 12, 17);
        return head.putInt((int) crc.getValue()).array();
    }

    private static byte[] encoded(BufferedImage image, String format) {
        try (var out = new ByteArrayOutputStream()) {
            assertThat(ImageIO.write(image, format, out)).isTrue();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageFile open(byte[] bytes) {
        return ImageFile.of("s3://b/photo.png", bytes);
    }
}
