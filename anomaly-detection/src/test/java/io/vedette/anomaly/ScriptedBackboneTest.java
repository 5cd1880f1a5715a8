package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.FeatureMap;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a TorchScript module that is written here, byte by byte: DJL can run such modules, but not make them. */
class ScriptedBackboneTest {
    private static final Progress SILENT = (phase, done, total) -> {};

    /** Means and contrasts of 8×8 pixels, then means of 16×16: two taps. */
    private static final String CODE = """
            class Tiny(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Tiny,
                x: Tensor) -> Tuple[Tensor, Tensor]:
                m = torch.avg_pool2d(x, [8, 8], [8, 8], [0, 0], False, True, None)
                q = torch.avg_pool2d(torch.mul(x, x), [8, 8], [8, 8], [0, 0], False, True, None)
                fine = torch.cat([m, torch.sub(q, torch.mul(m, m))], 1)
                coarse = torch.avg_pool2d(m, [2, 2], [2, 2], [0, 0], False, True, None)
                return (fine, coarse)
            """;

    @TempDir
    private Path folder;

    private Path module;

    @BeforeEach
    void write() throws IOException {
        module = folder.resolve("tiny.pt");
        Files.write(module, archive(CODE));
        describe(SafeTensors.sha256(Files.readAllBytes(module)));
    }

    @Test
    void tapsOfTheModuleAreTheFeatures() {
        // Given: grey of 0.75 all over, seen as (0.75 - 0.5) / 0.25
        float[] rgb = new float[3 * 32 * 64];
        Arrays.fill(rgb, 0.75f);
        // When
        try (Backbone backbone = Backbone.open(module.toString(), 1, "cpu");
                FeatureMap map = backbone.features(new Pixels(64, 32, rgb))) {
            // Then
            assertThat(List.of(map.width(), map.height())).containsExactly(8, 4);
            assertThat(Arrays.copyOf(map.pooled(), 9))
                    .containsExactly(new float[] {1, 1, 1, 0, 0, 0, 1, 1, 1}, Offset.offset(1e-5f));
        }
    }

    @Test
    void modelLearnedOnItTellsAnomaliesAndKnowsItAgain() throws IOException {
        // Given
        LearnerSettings settings = new LearnerSettings(module.toString(), 96, 1, 1, "cpu");
        List<Example> examples = SamplePhotographs.masked(10, 10);
        Path stored = folder.resolve("model");
        Verdict before;
        // When
        try (Learner learner = new Learner(settings);
                TrainedModel model = learner.learn(examples, SILENT)) {
            before = model.inspect(examples.get(19).photograph());
            model.write(stored);
        }
        // Then
        assertThat(before.anomalous()).isTrue();
        try (TrainedModel model = TrainedModel.read(stored, 1, "cpu", module.toString())) {
            assertThat(model.inspect(examples.get(19).photograph())).isEqualTo(before);
        }
        assertThatThrownBy(() -> TrainedModel.read(stored, 1, "cpu"))
                .isInstanceOf(IncompatibleModel.class)
                .hasMessageContaining("backbone tiny, which is not installed");
        assertThatThrownBy(() -> TrainedModel.read(stored, 1, "cpu", "mobilenet-v2"))
                .isInstanceOf(IncompatibleModel.class)
                .hasMessageContaining("backbone tiny, not on mobilenet-v2");
    }

    @Test
    void fileThatIsNotWhatItsDescriptionSaysIsRefused() throws IOException {
        describe("00");
        assertThatThrownBy(() -> Backbone.open(module.toString(), 1, "cpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has the SHA-256");
    }

    @Test
    void fileThatIsNoModuleIsRefused() throws IOException {
        Files.writeString(module, "weights");
        describe(SafeTensors.sha256(Files.readAllBytes(module)));
        assertThatThrownBy(() -> Backbone.open(module.toString(), 1, "cpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no TorchScript module");
        assertThatThrownBy(() -> Backbone.open(folder + "/none.pt", 1, "cpu"))
                .hasMessageContaining("there is no backbone");
    }

    private void describe(String sha256) throws IOException {
        Files.writeString(folder.resolve("tiny.json"), """
                {"name": "tiny", "taps": ["fine", "coarse"], "strides": [8, 16],
                 "mean": [0.5, 0.5, 0.5], "deviation": [0.25, 0.25, 0.25], "sha256": "%s"}
                """.formatted(sha256));
    }

    /** A TorchScript archive without tensors: its object is a pickle of an instance whose class is the code. */
    private static byte[] archive(String code) throws IOException {
        byte[] object = concat(
                new byte[] {(byte) 0x80, 2},
                "c__torch__\nTiny\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {')', (byte) 0x81, '}', '('},
                new byte[] {'X', 8, 0, 0, 0},
                "training".getBytes(StandardCharsets.US_ASCII),
                new byte[] {(byte) 0x89, 'u', 'b', '.'});
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "tiny/data.pkl", object);
            store(zip, "tiny/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "tiny/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, "tiny/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
