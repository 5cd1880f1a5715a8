package io.vedette.anomaly.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PNG files may carry texts and colour profiles that unpack to a thousand times their size; nobody needs them here. */
class TextBombTest {
    /** More than an array can hold. */
    private static final long UNPACKED = 3L << 30;

    @ParameterizedTest
    @CsvSource({"zTXt, 1", "zTXt, 13", "iTXt, 1", "iCCP, 1", "iCCP, 13"})
    @Timeout(20)
    void whatIsPackedIntoAnImagesTextIsNeverUnpacked(String chunk, int type) throws IOException {
        byte[] bomb = bomb(chunk, type);
        assertThat(bomb.length).isLessThan(8 << 20);
        // Then
        assertThat(ImageFile.of("s3://b/photo.png", bomb).decode(64).height()).isEqualTo(64);
        assertThat(MaskImage.labels("s3://b/mask.png", bomb, new Dimensions(64, 64), Map.of(0, (byte) 1)))
                .hasSize(64 * 64);
    }

    /** @param type of a {@link BufferedImage}: 1 for RGB, 13 for a palette */
    private static byte[] bomb(String chunk, int type) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, type), "png", plain);
        byte[] head = switch (chunk) {
            case "iTXt" -> new byte[] {'k', 0, 1, 0, 0, 0};
            default -> new byte[] {'k', 0, 0};
        };
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(head);
        deflate(data);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int afterHead = 8 + 25;
        file.write(plain.toByteArray(), 0, afterHead);
        write(file, chunk, data.toByteArray());
        file.write(plain.toByteArray(), afterHead, plain.size() - afterHead);
        return file.toByteArray();
    }

    private static void deflate(ByteArrayOutputStream out) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        byte[] zeros = new byte[1 << 20];
        byte[] piece = new byte[1 << 16];
        for (long done = 0; done < UNPACKED; done += zeros.length) {
            deflater.setInput(zeros);
            while (!deflater.needsInput()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            if (out.size() > 7 << 20) {
                break;
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
    }

    private static void write(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
