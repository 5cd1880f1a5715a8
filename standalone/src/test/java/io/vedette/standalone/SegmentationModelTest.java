package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.customer.ImageFolder;
import io.vedette.standalone.customer.Progress;
import io.vedette.standalone.customer.Training;
import io.vedette.standalone.customer.Training.Trained;
import io.vedette.standalone.sample.Defect;
import io.vedette.standalone.sample.SamplePhotograph;
import io.vedette.standalone.sample.SampleSet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lookoutvision.model.OutputS3Object;

/** A model of two named defects, from masks on S3 to masks on S3. */
@StackTest
class SegmentationModelTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SCRATCH = Defect.SCRATCH.maskColor().getRGB() & 0xFFFFFF;
    private static final int STAIN = Defect.STAIN.maskColor().getRGB() & 0xFFFFFF;
    private static final int WHITE = 0xFFFFFF;
    /** Of the heat map, in pixels of the photograph: the stack of the tests looks at 192 of its 384 pixels. */
    private static final int CELL = 16;

    @TempDir
    private Path folder;

    @Test
    @Tag("LV-156")
    void masksGoInAndNamedDefectsComeOut(Customer customer) throws IOException {
        // Given
        Map<String, SamplePhotograph> photographs = write();
        Clients clients = new Clients(customer.vision(), customer.s3());
        Training training = new Training(clients, new Progress(new PrintWriter(System.out, true), false));
        // When
        Trained trained = training.train(ImageFolder.read(folder), customer.project());
        // Then
        OutputS3Object result = trained.model().evaluationResult();
        JsonNode metrics = json(customer, result.key()).at("/AggregatedEvaluationResults/Metrics");
        assertThat(metrics.get("PixelAnomalyClassMetrics")).hasSize(2).allSatisfy(label -> {
            assertThat(label.get("ClassName").textValue()).isIn("scratch", "stain");
            assertThat(label.get("F1Score").doubleValue()).isGreaterThan(0.2);
        });
        assertMasks(customer, trained);
        JsonNode extension = json(customer, result.key().replace("EvaluationResult-", "VedetteEvaluation-"));
        assertThat(extension.at("/Pixels/ROCAUC").doubleValue()).isGreaterThan(0.8);
        assertHottestInsideTheDefect(extension, trained, photographs);
    }

    /** Twelve good boards, and those with a scratch or a stain; the rest of the sample is left out. */
    private Map<String, SamplePhotograph> write() throws IOException {
        Path whole = folder.resolve("whole");
        SampleSet sample = new SampleSet(3);
        sample.write(whole);
        Map<String, SamplePhotograph> photographs = sample.photographs()
                .filter(photo -> photo.defect().isEmpty() || photo.defect().get() != Defect.MISSING)
                .collect(Collectors.toMap(
                        photo -> (photo.training() ? "train/" : "test/") + photo.name(), photo -> photo));
        try (var files = Files.walk(whole)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = whole.relativize(file).toString();
                boolean wanted = !path.contains("missing-") && !path.matches(".*good-(1[2-9]|[2-9][0-9]).*");
                if (wanted) {
                    Path target = folder.resolve(path);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
        return photographs;
    }

    private static void assertMasks(Customer customer, Trained trained) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text(customer, trained.model().evaluationManifest().key())
                .lines()
                .toList()) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines).isNotEmpty();
        for (JsonNode line : lines) {
            String address = line.get("anomaly-mask-ref-detected").textValue();
            String key = address.replaceFirst("s3://[^/]+/", "");
            BufferedImage mask = ImageIO.read(new ByteArrayInputStream(bytes(customer, key)));
            assertThat(mask.getWidth()).isEqualTo(384);
            for (int pixel : mask.getRGB(0, 0, 384, 384, null, 0, 384)) {
                assertThat(pixel & WHITE).isIn(WHITE, SCRATCH, STAIN);
            }
        }
    }

    /** Of the anomalies that were found: the hottest cell lies on the planted defect, or within a cell of it. */
    private static void assertHottestInsideTheDefect(
            JsonNode extension, Trained trained, Map<String, SamplePhotograph> photographs) {
        int anomalies = 0;
        int inside = 0;
        for (JsonNode image : extension.get("Images")) {
            String name = trained.files()
                    .get(image.get("SourceRef").textValue())
                    .getFileName()
                    .toString()
                    .replace(".png", "");
            SamplePhotograph photograph = photographs.get("test/" + name);
            if (photograph.mask().isPresent()) {
                anomalies++;
                int x = (int) (image.at("/Hottest/X").doubleValue() * 384);
                int y = (int) (image.at("/Hottest/Y").doubleValue() * 384);
                inside += touches(photograph.mask().get(), x, y) ? 1 : 0;
            }
        }
        assertThat(anomalies).isEqualTo(8);
        assertThat(inside).as("of %d defects", anomalies).isGreaterThanOrEqualTo(6);
    }

    private static boolean touches(BufferedImage mask, int x, int y) {
        for (int dy = -CELL; dy <= CELL; dy++) {
            for (int dx = -CELL; dx <= CELL; dx++) {
                int atX = Math.max(0, Math.min(383, x + dx));
                int atY = Math.max(0, Math.min(383, y + dy));
                if ((mask.getRGB(atX, atY) & WHITE) != WHITE) {
                    return true;
                }
            }
        }
        return false;
    }

    private static JsonNode json(Customer customer, String key) throws IOException {
        return JSON.readTree(bytes(customer, key));
    }

    private static String text(Customer customer, String key) {
        return new String(bytes(customer, key), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Customer customer, String key) {
        return customer.s3()
                .getObjectAsBytes(request -> request.bucket(Training.BUCKET).key(key))
                .asByteArray();
    }
}
