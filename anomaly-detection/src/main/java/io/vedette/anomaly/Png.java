package io.vedette.anomaly;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes 8-bit PNG files (RFC 2083) row by row. Each row is stored as its difference to the one above it: of a picture of few
 * plain areas, as masks are, that leaves runs of zeros.
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte UP = 2; // RFC 2083 §6.4

    /** @param samples of each pixel, one byte each */
    enum Color {
        GREY(0, 1),
        RGB(2, 3);

        private final int type; // RFC 2083 §4.1.1
        private final int samples;

        Color(int type, int samples) {
            this.type = type;
            this.samples = samples;
        }
    }

    private final ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 14);
    private final RunLengths packed = new RunLengths();
    private final byte[] above;
    private final byte[] difference;
    private final byte[] none;

    Png(Color color, int width, int height) {
        above = new byte[width * color.samples];
        difference = new byte[1 + above.length];
        none = new byte[1 + above.length];
        difference[0] = UP;
        none[0] = UP;
        file.writeBytes(SIGNATURE);
        ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
        chunk("IHDR", head.put((byte) 8).put((byte) color.type).array());
    }

    /** The next row below; the array stays the caller's. */
    void row(byte[] samples) {
        for (int i = 0; i < above.length; i++) difference[i + 1] = (byte) (samples[i] - above[i]);
        System.arraycopy(samples, 0, above, 0, above.length);
        packed.row(difference);
    }

    /** The row above once more. */
    void same() {
        packed.row(none);
    }

    /** The whole file, after the last row. */
    byte[] done() {
        chunk("IDAT", packed.done());
        chunk("IEND", new byte[0]);
        return file.toByteArray();
    }

    private void chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        file.writeBytes(name);
        file.writeBytes(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
