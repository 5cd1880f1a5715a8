package io.vedette.anomaly;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A zlib stream (RFC 1950, 1951) of bytes that mostly repeat the byte, or the pixel of three bytes, before them. It looks for
 * nothing else, so it is some twenty times as fast on them as a general deflater.
 */
final class RunLengths {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 258;
    private static final int END = 256;
    private static final int PIXEL = 3;
    private static final int MODULUS = 65521; // of Adler-32, RFC 1950 §8.2
    /** By a match's length: its symbol, and in the bits from 16 on how many extra bits follow. RFC 1951 §3.2.5 */
    private static final int[] SYMBOLS = symbols();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    private long bits;
    private int pending;
    private long sum = 1;
    private long sums;

    RunLengths() {
        out.write(0x78);
        out.write(0x01);
        write(0b011, 3); // the last block, with the fixed codes
    }

    /** Runs do not reach back beyond the row. */
    void row(byte[] row) {
        int at = 0;
        while (at < row.length) {
            int length = at < 1 ? 0 : run(row, at, 1);
            int back = 1;
            if (length < SHORTEST && at >= PIXEL) {
                length = run(row, at, PIXEL);
                back = PIXEL;
            }
            if (length < SHORTEST) {
                symbol(row[at] & 0xff);
                length = 1;
            } else {
                match(length, back);
            }
            if (length > 1 && back == 1) checkEqual(row[at] & 0xff, length);
            else check(row, at, length);
            at += length;
        }
    }

    private static int run(byte[] row, int at, int back) {
        int end = Math.min(row.length, at + LONGEST);
        int differs = Arrays.mismatch(row, at, end, row, at - back, end - back);
        return differs < 0 ? end - at : differs;
    }

    private void match(int length, int back) {
        int symbol = SYMBOLS[length] & 0xffff;
        int extra = SYMBOLS[length] >> 16;
        symbol(symbol);
        if (extra > 0) write(length - SHORTEST & (1 << extra) - 1, extra);
        write(reversed(back - 1, 5), 5); // distances 1 to 4 are the codes 0 to 3
    }

    /** The fixed codes of RFC 1951 §3.2.6. */
    private void symbol(int symbol) {
        if (symbol < 144) write(reversed(0x30 + symbol, 8), 8);
        else if (symbol < END) write(reversed(0x190 + symbol - 144, 9), 9);
        else if (symbol < 280) write(reversed(symbol - END, 7), 7);
        else write(reversed(0xc0 + symbol - 280, 8), 8);
    }

    private static int reversed(int code, int length) {
        return Integer.reverse(code) >>> 32 - length;
    }

    private void write(int value, int length) {
        bits |= (long) value << pending;
        pending += length;
        for (; pending >= 8; pending -= 8, bits >>>= 8) out.write((int) bits);
    }

    private void check(byte[] row, int at, int length) {
        for (int i = at; i < at + length; i++) {
            sum += row[i] & 0xff;
            sums += sum;
        }
        sum %= MODULUS;
        sums %= MODULUS;
    }

    private void checkEqual(int value, long length) {
        sums = (sums + length * sum + value * length * (length + 1) / 2) % MODULUS;
        sum = (sum + value * length) % MODULUS;
    }

    /** The whole stream, after the last row. */
    byte[] done() {
        symbol(END);
        write(0, -pending & 7);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) (sums << 16 | sum)).array());
        return out.toByteArray();
    }

    private static int[] symbols() {
        int[] symbols = new int[LONGEST + 1];
        int length = SHORTEST;
        for (int symbol = END + 1; length < LONGEST; symbol++) {
            int extra = Math.max(0, (symbol - 261) / 4);
            for (int i = 0; i < 1 << extra && length < LONGEST; i++) symbols[length++] = extra << 16 | symbol;
        }
        symbols[LONGEST] = 285;
        return symbols;
    }
}
