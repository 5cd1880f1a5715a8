package io.vedette.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.anomaly.DefectMask;
import io.vedette.anomaly.HeatMap;
import io.vedette.anomaly.Photograph;
import io.vedette.anomaly.Verdict;
import io.vedette.common.ModelArn;
import io.vedette.common.S3Uri;
import io.vedette.common.artifact.VedetteEvaluation;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.event.EventJson;
import io.vedette.runtime.UsersMistake;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files of a segmentation model with two defects, from four test images whose verdicts are given. */
class SegmentationReportTest {
    private static final int SIDE = 64;
    private static final DefectClass SCRATCH = new DefectClass("scratch", 0x7ED321);
    private static final DefectClass STAIN = new DefectClass("stain", 0x4DD8FF);
    private static final Report.Subject SUBJECT = new Report.Subject(
            ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/cookies/7"),
            60,
            "fused",
            List.of("Careful."),
            S3Uri.parse("s3://out/p-EvaluationMasks-cookies-7/"));
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");

    private final Map<S3Uri, byte[]> bucket = new HashMap<>();
    private final Map<String, byte[]> drawn = new HashMap<>();

    @Test
    @Tag("LV-156")
    void resultHasOneElementForEachLabelThatAMaskShows() {
        // When
        JsonNode metrics = json(report().result()).at("/AggregatedEvaluationResults/Metrics");
        // Then: scratch is found whole, of stain the upper half, and nowhere else
        assertThat(metrics.get("PixelAnomalyClassMetrics").toString())
                .isEqualTo("[{\"Precision\":1.0,\"Recall\":1.0,\"F1Score\":1.0,\"AIOU\":1.0,\"ClassName\":\"scratch\"},"
                        + "{\"Precision\":1.0,\"Recall\":0.5,\"F1Score\":0.6666666666666666,\"AIOU\":0.5,"
                        + "\"ClassName\":\"stain\"}]");
        assertThat(metrics.get("F1Score").doubleValue()).isEqualTo(1);
    }

    @Test
    @Tag("LV-155")
    void classificationModelHasNoPixelMetricsAndDrawsNothing() {
        // Given
        Scoring scoring = new Scoring(photograph -> verdict(photograph, false), List.of(), bucket::get, drawn::put);
        scoring.add(anomaly("scratch", SCRATCH, 0x7ED321));
        scoring.add(normal("good"));
        // When
        Report report = Report.of(SUBJECT, scoring, AT);
        // Then
        assertThat(new String(report.result(), StandardCharsets.UTF_8)).doesNotContain("PixelAnomalyClassMetrics");
        assertThat(new String(report.manifest(), StandardCharsets.UTF_8)).doesNotContain("anomaly-mask-ref-detected");
        assertThat(json(report.extension()).has("HeatScale")).isFalse();
        assertThat(drawn).isEmpty();
    }

    @Test
    void everyLineOfTheManifestPointsAtAMaskOfTheImagesSize() throws IOException {
        // When
        List<JsonNode> lines = new String(report().manifest(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> json(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        // Then
        assertThat(lines).hasSize(4);
        for (int i = 0; i < 4; i++) {
            String name = "0000" + i + ".png";
            assertThat(lines.get(i).get("anomaly-mask-ref-detected").textValue())
                    .isEqualTo("s3://out/p-EvaluationMasks-cookies-7/" + name);
            BufferedImage mask = ImageIO.read(new ByteArrayInputStream(drawn.get(name)));
            assertThat(List.of(mask.getWidth(), mask.getHeight())).containsExactly(SIDE, SIDE);
            assertThat(mask.getColorModel().hasAlpha()).isFalse();
            assertThat(mask.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        }
        BufferedImage stain = ImageIO.read(new ByteArrayInputStream(drawn.get("00001.png")));
        assertThat(stain.getRGB(20, 20) & 0xFFFFFF).isEqualTo(STAIN.rgb());
        assertThat(lines.get(1)
                        .get("anomaly-mask-ref-detected-metadata")
                        .get("internal-color-map")
                        .toString())
                .isEqualTo("{\"0\":{\"class-name\":\"BACKGROUND\",\"hex-color\":\"#ffffff\",\"confidence\":0.0},"
                        + "\"1\":{\"class-name\":\"stain\",\"hex-color\":\"#4DD8FF\"}}");
        assertThat(lines.get(1).at("/anomaly-mask-ref-detected-metadata/type").textValue())
                .isEqualTo("groundtruth/semantic-segmentation");
        assertThat(lines.get(2).at("/anomaly-mask-ref-detected-metadata/internal-color-map"))
                .hasSize(1);
    }

    @Test
    void extensionTellsScoresCurveAndHeat() throws IOException {
        // When
        VedetteEvaluation extension = EventJson.mapper().readValue(report().extension(), VedetteEvaluation.class);
        // Then
        assertThat(extension.threshold()).isEqualTo(0.5);
        assertThat(extension.learner()).isEqualTo("fused");
        assertThat(extension.confusion()).isEqualTo(new VedetteEvaluation.Confusion(2, 0, 2, 0));
        assertThat(extension.images())
                .extracting(VedetteEvaluation.Image::score)
                .containsExactly(0.9, 0.9, 0.1, 0.1);
        assertThat(extension.images().get(0).hottest().x()).isBetween(0.25, 0.5);
        assertThat(extension.curve()).hasSize(2);
        assertThat(extension.pixels().regions()).isEqualTo(2);
        assertThat(extension.pixels().images()).isEqualTo(4);
        assertThat(extension.heatScale()).isEqualTo(new VedetteEvaluation.HeatScale(0, 0.5, 1));
    }

    @Test
    void trueMaskOfAnotherColourIsTheUsersMistake() {
        // Given
        Scoring scoring = scoring();
        // When, Then
        assertThatThrownBy(() -> scoring.add(anomaly("scratch", SCRATCH, 0x111111)))
                .isInstanceOf(UsersMistake.class)
                .hasMessageContaining("s3://bkt/scratch-mask.png");
    }

    private Report report() {
        Scoring scoring = scoring();
        scoring.add(anomaly("scratch", SCRATCH, SCRATCH.rgb()));
        scoring.add(anomaly("stain", STAIN, STAIN.rgb()));
        scoring.add(normal("good"));
        scoring.add(normal("better"));
        return Report.of(SUBJECT, scoring, AT);
    }

    private Scoring scoring() {
        return new Scoring(photograph -> verdict(photograph, true), List.of(SCRATCH, STAIN), bucket::get, drawn::put);
    }

    /** What is named scratch or stain is one, in a square; of a stain only the upper half is found. */
    private static Verdict verdict(Photograph photograph, boolean segmentation) {
        int label =
                photograph.name().contains("scratch") ? 1 : photograph.name().contains("stain") ? 2 : 0;
        byte[] labels = new byte[SIDE * SIDE];
        float[] heat = new float[16 * 16];
        for (int y = 16; y < (label == 2 ? 24 : 32); y++) {
            for (int x = 16; x < 32; x++) {
                labels[y * SIDE + x] = (byte) label;
                heat[y / 4 * 16 + x / 4] = label == 0 ? 0 : 0.8f;
            }
        }
        double score = label == 0 ? 0.1 : 0.9;
        return segmentation
                ? new Verdict(
                        label != 0,
                        0.95,
                        score,
                        0.5,
                        new HeatMap(16, 16, heat),
                        Optional.of(new DefectMask(SIDE, SIDE, List.of("scratch", "stain"), labels)))
                : new Verdict(label != 0, 0.95, score, 0.5);
    }

    private DatasetEntry normal(String name) {
        bucket.put(S3Uri.parse("s3://bkt/" + name + ".png"), square(0xFFFFFF));
        return entry("{'source-ref':'s3://bkt/" + name
                + ".png','anomaly-label':0,'anomaly-label-metadata':{'class-name':'normal'}}");
    }

    private DatasetEntry anomaly(String name, DefectClass defect, int drawnIn) {
        bucket.put(S3Uri.parse("s3://bkt/" + name + ".png"), square(0));
        bucket.put(S3Uri.parse("s3://bkt/" + name + "-mask.png"), square(drawnIn));
        return entry("{'source-ref':'s3://bkt/" + name
                + ".png','anomaly-label':1,'anomaly-label-metadata':{'class-name':'anomaly'},"
                + "'anomaly-mask-ref':'s3://bkt/" + name + "-mask.png','anomaly-mask-ref-metadata':"
                + "{'internal-color-map':{'0':{'class-name':'" + defect.name() + "','hex-color':'" + defect.color()
                + "'}}}}");
    }

    private static DatasetEntry entry(String line) {
        return DatasetEntry.parse(line.replace('\'', '"'));
    }

    private static byte[] square(int rgb) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            boolean inside = i % SIDE / 16 == 1 && i / SIDE / 16 == 1;
            image.setRGB(i % SIDE, i / SIDE, inside ? rgb : 0xFFFFFF);
        }
        try (ByteArrayOutputStream png = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return EventJson.mapper().readTree(bytes);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
