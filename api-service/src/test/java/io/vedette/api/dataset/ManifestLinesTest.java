package io.vedette.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.api.dataset.ManifestLines.Line;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ManifestLinesTest {
    @Test
    void byteOrderMarkLineEndsAndBlankLinesAreNoContent() throws IOException {
        assertThat(read("\uFEFF{1}\r\n\n  \r\n{ü}\n{3}\n\n"))
                .extracting(line -> line.number() + line.text().strip())
                .containsExactly("1{1}", "4{ü}", "5{3}");
    }

    @Test
    void lastLineNeedsNoLineFeedAndEmptyManifestHasNone() throws IOException {
        assertThat(read("{1}\n{2}")).hasSize(2);
        assertThat(read("")).isEmpty();
        assertThat(read("\uFEFF")).isEmpty();
    }

    @Test
    void lineWithoutEndIsRefusedByItsNumberLongBeforeItsEnd() {
        // Given
        Endless endless = new Endless();
        ManifestLines lines = new ManifestLines(endless, "manifest");
        // Then
        assertThatThrownBy(lines::next)
                .isInstanceOf(BadManifest.class)
                .hasMessage("Line 2 of the manifest: longer than 8192 characters.");
        assertThat(endless.read).isLessThan(200_000);
    }

    @Test
    void lineThatIsNotUtf8IsRefusedByItsNumber() {
        assertThatThrownBy(() -> read(new ByteArrayInputStream("{1}\n{\u00FC}".getBytes(StandardCharsets.ISO_8859_1))))
                .isInstanceOf(BadManifest.class)
                .hasMessage("Line 2 of the manifest: not UTF-8.");
    }

    @Test
    void manifestThatIsPackedIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[100 << 20]);
        }
        assertThatThrownBy(() -> read(new ByteArrayInputStream(packed.toByteArray())))
                .isInstanceOf(BadManifest.class)
                .hasMessageStartingWith("Line 1 of the manifest: ");
    }

    private static List<Line> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Line> read(InputStream in) throws IOException {
        List<Line> all = new ArrayList<>();
        try (ManifestLines lines = new ManifestLines(in, "manifest")) {
            Optional<Line> line = lines.next();
            while (line.isPresent()) {
                all.add(line.get());
                line = lines.next();
            }
        }
        return all;
    }

    /** A line feed, and then one line for ever. */
    private static final class Endless extends InputStream {
        private long read;

        @Override
        public int read() {
            return read++ == 0 ? '\n' : 'x';
        }
    }
}
