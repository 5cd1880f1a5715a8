package io.vedette.api.dataset;

import io.vedette.common.dataset.DatasetEntry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a manifest, one at a time: UTF-8, ended by LF or CRLF, blank ones left out. Never holds more than one line. */
public final class ManifestLines implements Closeable {
    /** The largest manifest (specification §5.1). */
    static final long MAX_BYTES = 1L << 30;
    /** UTF-8 needs at most three bytes for a UTF-16 character. */
    private static final int MAX_LINE_BYTES = 3 * DatasetEntry.MAX_LENGTH;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final BufferedInputStream in;
    private final String source;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private long bytes;
    private long number;

    /** @param source what the lines are of, in messages: {@code manifest} or {@code changes} */
    public ManifestLines(InputStream in, String source) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.source = source;
    }

    /** @param number counted from 1, blank lines too */
    public record Line(long number, String text) {}

    /**
     * The next line that is not blank; empty at the end.
     *
     * @throws BadManifest if it is too long or not UTF-8, or the manifest is too large
     */
    public Optional<Line> next() throws IOException {
        if (number == 0) {
            skipByteOrderMark();
        }
        while (readLine()) {
            String text = decoded();
            if (!text.isBlank()) {
                return Optional.of(new Line(number, text));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void skipByteOrderMark() throws IOException {
        in.mark(BYTE_ORDER_MARK.length);
        for (byte expected : BYTE_ORDER_MARK) {
            if ((byte) in.read() != expected) {
                in.reset();
                return;
            }
        }
    }

    /** False at the end, where there is no further line, not even one without a line feed. */
    private boolean readLine() throws IOException {
        line.reset();
        number++;
        int next = read();
        boolean any = next >= 0;
        while (next >= 0 && next != '\n') {
            if (line.size() == MAX_LINE_BYTES) {
                throw BadManifest.line(number, source, "longer than " + DatasetEntry.MAX_LENGTH + " characters");
            }
            line.write(next);
            next = read();
        }
        return any;
    }

    private int read() throws IOException {
        int next = in.read();
        if (next >= 0 && ++bytes > MAX_BYTES) {
            throw new BadManifest("The " + source + " is larger than 1 GB.");
        }
        return next;
    }

    private String decoded() {
        try {
            ByteBuffer encoded = ByteBuffer.wrap(line.toByteArray());
            return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
        } catch (CharacterCodingException malformed) {
            throw BadManifest.line(number, source, "not UTF-8");
        }
    }
}
