package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.Lines;
import io.vedette.standalone.Workshop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;

/** Manifests that nobody has looked at before they were sent. */
@FaultTest
@Tag("quick")
@Execution(ExecutionMode.CONCURRENT)
class ManifestFaultsTest {
    private static final long GIGABYTE = 1L << 30;
    /** The api may have 384 MB of Java memory and 128 MB beside it. */
    private static final long MOST_KILOBYTES = 800 << 10;

    private static final String GOOD = Lines.of("s3://images/1.png", "normal") + "\n";

    @Fault(33)
    void manifestsThatNobodyCanImport(Scene row) throws IOException {
        // Given
        row.workshop().createProject();
        ProcessHandle api = row.processes().of("api");
        // When, Then
        assertFailed(row, bytes(GOOD, "x".repeat(10 << 20)), "Line 2 of the manifest: longer than 8192 characters.");
        assertFailed(row, badUtf8(), "Line 3 of the manifest: not UTF-8.");
        assertFailed(
                row,
                bytes(GOOD, GOOD, Lines.of("s3://elsewhere/2.png", "normal")),
                "Line 3 of the manifest: s3://elsewhere/2.png is not in the bucket images;"
                        + " all images and masks of a dataset must be in one bucket.");
        assertFailed(row, sparse(row, GIGABYTE), "Line 1 of the manifest: longer than 8192 characters.");
        assertFailed(row, sparse(row, GIGABYTE + 1), "The manifest is larger than 1 GB.");
        assertThat(row.processes().of("api")).isEqualTo(api);
        assertThat(peakKilobytes(api)).isLessThan(MOST_KILOBYTES);
    }

    @Fault(33)
    void aManifestThatNamesAnImageTwice(Scene row) {
        // Given
        row.workshop().createProject();
        row.workshop().put(key(row), bytes(GOOD, Lines.of("s3://images/2.png", "normal") + "\n", again()));
        // When
        row.fault();
        DatasetDescription dataset = created(row, key(row));
        // Then: the last line counts, in the place of the first
        assertThat(dataset.status()).isEqualTo(DatasetStatus.CREATE_COMPLETE);
        assertThat(dataset.imageStats()).isEqualTo(Workshop.stats(2, 1, 1));
        assertThat(row.workshop().entries("train")).first().asString().isEqualTo(again());
    }

    private static String again() {
        return Lines.of("s3://images/1.png", "anomaly");
    }

    private static void assertFailed(Scene row, byte[] manifest, String reason) {
        row.workshop().put(key(row), manifest);
        assertFailed(row, key(row), reason);
    }

    private static void assertFailed(Scene row, String key, String reason) {
        row.fault();
        DatasetDescription failed = created(row, key);
        assertThat(failed.status()).isEqualTo(DatasetStatus.CREATE_FAILED);
        assertThat(failed.statusMessage()).isEqualTo("The dataset could not be created. " + reason);
        assertThat(failed.imageStats().total()).isZero();
        assertThat(row.workshop().entries("train")).isEmpty();
        row.workshop().deleteDataset("train");
    }

    private static DatasetDescription created(Scene row, String key) {
        // one that was deleted may take a moment to be gone
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            row.workshop().createDataset("train", row.workshop().bucket(), key);
            return true;
        });
        return row.workshop().settled("train");
    }

    private static String key(Scene row) {
        return row.name() + "/train.manifest";
    }

    private static byte[] bytes(String... lines) {
        return String.join("", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] badUtf8() {
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        manifest.writeBytes(bytes(GOOD, GOOD));
        manifest.writeBytes(new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}', '\n'});
        return manifest.toByteArray();
    }

    /** An object of zeros, of which the disk keeps nothing: the store is a folder. @return its key */
    private static String sparse(Scene row, long size) throws IOException {
        String key = row.name() + "/" + size + ".manifest";
        Path home = row.stack().layout().home().directory();
        Path file = home.resolve("s3/data").resolve(FaultStack.BUCKET).resolve(key);
        Files.createDirectories(file.getParent());
        try (RandomAccessFile zeros = new RandomAccessFile(file.toFile(), "rw")) {
            zeros.setLength(size);
        }
        return key;
    }

    private static long peakKilobytes(ProcessHandle process) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
        return status.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
