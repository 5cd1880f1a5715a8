package io.vedette.anomaly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class MaskImageTest {
    private static final Dimensions SIZE = new Dimensions(4, 1);
    private static final Map<Integer, Byte> COLOURS =
            Map.of(0x23a436, (byte) 1, 0xff0000, (byte) 2, 0x0000ff, (byte) 0);

    @Test
    void paletteWithTransparentBackgroundIsRead() throws IOException {
        // Given: index 0 is black and transparent, 2 is half transparent, as drawing tools soften edges
        IndexColorModel palette = new IndexColorModel(
                8,
                3,
                new byte[] {0, 0x23, 0x23},
                new byte[] {0, (byte) 0xa4, (byte) 0xa4},
                new byte[] {0, 0x36, 0x36},
                new byte[] {0, -1, 100});
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 1, 2, 0});
        // When
        byte[] labels = MaskImage.labels("m.png", png(image), SIZE, COLOURS);
        // Then
        assertThat(labels).containsExactly(0, 1, 1, 0);
    }

    @Test
    void plainColoursWhiteAndListedBackgroundAreRead() throws IOException {
        assertThat(MaskImage.labels("m.png", rgb(0xffffff, 0x23a436, 0xff0000, 0x0000ff), SIZE, COLOURS))
                .containsExactly(0, 1, 2, 0);
    }

    @Test
    void greyIsTakenAsItStands() throws IOException {
        // Given
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 128, 255, 128});
        // When
        byte[] labels = MaskImage.labels("m.png", png(image), SIZE, Map.of(0x808080, (byte) 1, 0, (byte) 0));
        // Then
        assertThat(labels).containsExactly(0, 1, 0, 1);
    }

    @Test
    void colourThatStandsForNothingIsNamed() throws IOException {
        byte[] mask = rgb(0xffffff, 0x123456, 0xff0000, 0xffffff);
        assertThatThrownBy(() -> MaskImage.labels("s3://b/m.png", mask, SIZE, COLOURS))
                .isInstanceOf(UnusableImage.class)
                .hasMessage("The mask s3://b/m.png has the color #123456, which its color map does not list.");
    }

    @Test
    void maskOfAnotherSizeOrFormatIsRefused() throws IOException {
        byte[] mask = rgb(0xffffff, 0xffffff, 0xff0000, 0xffffff);
        assertThatThrownBy(() -> MaskImage.labels("m.png", mask, new Dimensions(5, 1), COLOURS))
                .hasMessage("The mask m.png is 4x1, its image 5x1.");
        assertThatThrownBy(() ->
                        MaskImage.labels("m.png", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, SIZE, COLOURS))
                .hasMessage("The mask m.png is not a PNG image.");
        assertThatThrownBy(() -> MaskImage.labels("m.png", java.util.Arrays.copyOf(mask, 50), SIZE, COLOURS))
                .hasMessage("The mask m.png is damaged or cut short.");
    }

    @Test
    void enormousMaskInASmallFileIsRefusedUndecoded() throws IOException {
        // Given: a head that promises 2 billion pixels
        byte[] mask = rgb(0xffffff);
        ByteBuffer.wrap(mask).putInt(16, 46_000).putInt(20, 46_000);
        CRC32 checksum = new CRC32();
        checksum.update(mask, 12, 17);
        ByteBuffer.wrap(mask).putInt(29, (int) checksum.getValue());
        // Then
        assertThatThrownBy(() -> MaskImage.labels("m.png", mask, SIZE, COLOURS))
                .hasMessage("The mask m.png is 46000x46000, its image 4x1.");
    }

    @Test
    void coverIsTheShareOfEachCell() {
        // Given: a 4x2 mask, seen as 2x1
        byte[] labels = {1, 1, 0, 0, 1, 0, 0, 1};
        // When
        float[] cover = MaskImage.cover(labels, new Dimensions(4, 2), (byte) 1, new Dimensions(2, 1));
        // Then
        assertThat(cover).containsExactly(0.75f, 0.25f);
    }

    private static byte[] rgb(int... colours) throws IOException {
        BufferedImage image = new BufferedImage(colours.length, 1, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < colours.length; x++) image.setRGB(x, 0, colours[x]);
        return png(image);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
