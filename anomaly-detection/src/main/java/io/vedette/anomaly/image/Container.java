package io.vedette.anomaly.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The file formats, told apart by their first bytes, with a check that the end is there: decoders are lenient. */
enum Container {
    PNG("png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}) {
        @Override
        boolean isWhole(byte[] bytes) {
            ByteBuffer file = ByteBuffer.wrap(bytes).position(8);
            while (file.remaining() >= 12) {
                int length = file.getInt();
                int type = file.getInt();
                if (length < 0 || length > file.remaining() - 4) return false;
                if (type == IEND) return true;
                file.position(file.position() + length + 4);
            }
            return false;
        }
    },
    JPEG("jpeg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}) {
        @Override
        boolean isWhole(byte[] bytes) {
            int at = 2;
            while (at + 4 <= bytes.length) {
                int marker = bytes[at + 1] & 0xff;
                if (bytes[at] != (byte) 0xff) return false;
                if (marker == 0xff) {
                    at++;
                } else {
                    at += 2 + ((bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff);
                    if (marker == SCAN) return ends(bytes, at);
                }
            }
            return false;
        }
    };

    private static final int IEND = 0x49454e44;
    private static final int SCAN = 0xda;

    private final String format;
    private final byte[] start;

    Container(String format, byte[] start) {
        this.format = format;
        this.start = start;
    }

    static Optional<Container> of(byte[] bytes) {
        return Arrays.stream(values())
                .filter(format -> bytes.length >= format.start.length
                        && Arrays.equals(bytes, 0, format.start.length, format.start, 0, format.start.length))
                .findFirst();
    }

    String format() {
        return format;
    }

    abstract boolean isWhole(byte[] bytes);

    private static boolean ends(byte[] bytes, int from) {
        for (int at = from; at + 1 < bytes.length; at++)
            if (bytes[at] == (byte) 0xff && bytes[at + 1] == (byte) 0xd9) return true;
        return false;
    }
}
