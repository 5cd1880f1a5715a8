package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.customer.Extensions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.model.Anomaly;
import software.amazon.awssdk.services.lookoutvision.model.DetectAnomalyResult;

/** DetectAnomalies on a segmentation model (specification §7, LV-185 to LV-191). */
@StackTest
class DetectDefectsTest {
    private static final Map<String, String> COLORS = Map.of("stain", "#7ED321", "scratch", "#4DD8FF");

    @Test
    @Tag("LV-185")
    @Tag("LV-187")
    @Tag("LV-188")
    @Tag("LV-189")
    @Tag("LV-191")
    void defectsAreNamedColouredAndMeasured(HostedProject.WithDefects hosted) throws IOException {
        int found = 0;
        for (int number = 5000; number < 5006; number++) {
            DetectAnomalyResult result =
                    detect(hosted, BrushedMetal.defective(number).image());
            assertBackgroundFirst(result.anomalies());
            assertThat(result.anomalies().stream()
                            .mapToDouble(anomaly -> anomaly.pixelAnomaly().totalPercentageArea())
                            .sum())
                    .isBetween(1 - 1e-4, 1 + 1e-4);
            List<Anomaly> defects =
                    result.anomalies().subList(1, result.anomalies().size());
            assertThat(defects).allSatisfy(defect -> {
                assertThat(defect.pixelAnomaly().color()).isEqualTo(COLORS.get(defect.name()));
                assertThat(defect.pixelAnomaly().totalPercentageArea()).isPositive();
            });
            byte[] mask = result.anomalyMask().asByteArray();
            assertThat(mask.length).isLessThan(5 << 20);
            assertMatches(ImageIO.read(new ByteArrayInputStream(mask)), result.anomalies());
            found += defects.isEmpty() ? 0 : 1;
        }
        assertThat(found).isGreaterThanOrEqualTo(4);
    }

    @Test
    @Tag("LV-186")
    void aCleanImageHasABackgroundAndAWhiteMask(HostedProject.WithDefects hosted) throws IOException {
        DetectAnomalyResult result = detect(hosted, BrushedMetal.good(5100));
        assertThat(result.isAnomalous()).isFalse();
        assertThat(result.anomalies()).hasSize(1);
        assertBackgroundFirst(result.anomalies());
        assertThat(result.anomalies().get(0).pixelAnomaly().totalPercentageArea())
                .isEqualTo(1f);
        assertMatches(ImageIO.read(new ByteArrayInputStream(result.anomalyMask().asByteArray())), result.anomalies());
    }

    @Test
    @Tag("LV-190")
    void theMaskBlendsWithAnRgbPhotograph(HostedProject.WithDefects hosted) throws IOException {
        byte[] jpeg = BrushedMetal.jpeg(BrushedMetal.defective(5201).image());
        DetectAnomalyResult result = DetectTest.detect(hosted.project(), HostedProject.HOSTED, "image/jpeg", jpeg);
        BufferedImage photograph = ImageIO.read(new ByteArrayInputStream(jpeg));
        BufferedImage mask =
                ImageIO.read(new ByteArrayInputStream(result.anomalyMask().asByteArray()));
        // PIL.Image.blend refuses images of other sizes or bands.
        assertThat(mask.getWidth()).isEqualTo(photograph.getWidth());
        assertThat(mask.getHeight()).isEqualTo(photograph.getHeight());
        assertThat(mask.getColorModel().getNumComponents())
                .isEqualTo(photograph.getColorModel().getNumComponents())
                .isEqualTo(3);
        assertThat(mask.getColorModel().hasAlpha()).isFalse();
    }

    @Test
    void theExtensionHasHeatAndBoxesOfEachDefect(HostedProject.WithDefects hosted) throws IOException {
        String path = "/vedette/v1/projects/" + hosted.project().name() + "/models/1/detect";
        byte[] image = BrushedMetal.png(BrushedMetal.defective(5000).image());
        try (Extensions extensions = new Extensions(hosted.project().vision())) {
            JsonNode found = extensions
                    .send(SdkHttpMethod.POST, path, Map.of(), "image/png", image)
                    .body();
            BufferedImage heat =
                    ImageIO.read(new ByteArrayInputStream(found.get("HeatMap").binaryValue()));
            assertThat(heat.getColorModel().getNumComponents()).isEqualTo(1);
            assertThat(found.get("Instances")).isNotEmpty();
            double areas = 0;
            for (JsonNode instance : found.get("Instances")) {
                JsonNode box = instance.get("BoundingBox");
                assertThat(box.get("Left").asDouble() + box.get("Width").asDouble())
                        .isLessThanOrEqualTo(1 + 1e-9);
                assertThat(instance.get("TotalPercentageArea").asDouble())
                        .isLessThanOrEqualTo(
                                box.get("Width").asDouble() * box.get("Height").asDouble() + 1e-9);
                areas += instance.get("TotalPercentageArea").asDouble();
            }
            double background =
                    found.at("/Anomalies/0/PixelAnomaly/TotalPercentageArea").asDouble();
            assertThat(areas + background).isBetween(1 - 1e-4, 1 + 1e-4);
        }
    }

    @Test
    void modelsTakeTurnsInAMemoryThatIsTooSmallForTwo(
            HostedProject.WithDefects hosted, HostedProject project, Customer customer) {
        BufferedImage image = BrushedMetal.defective(5300).image();
        DetectAnomalyResult withMask = detect(hosted, image);
        for (int i = 0; i < 3; i++) {
            assertThat(DetectTest.detect(project, HostedProject.HOSTED, "image/png", BrushedMetal.png(image))
                            .anomalyMask())
                    .isNull();
            assertThat(detect(hosted, image)).isEqualTo(withMask);
            assertThat(Metrics.of(customer, "inference").lines()).contains("vedette_inference_models 1.0");
        }
    }

    private static DetectAnomalyResult detect(HostedProject.WithDefects hosted, BufferedImage image) {
        return DetectTest.detect(hosted.project(), HostedProject.HOSTED, "image/png", BrushedMetal.png(image));
    }

    private static void assertBackgroundFirst(List<Anomaly> anomalies) {
        assertThat(anomalies.get(0).name()).isEqualTo("background");
        assertThat(anomalies.get(0).pixelAnomaly().color()).isEqualTo("#FFFFFF");
    }

    /** An RGB image of the photograph's size that has each colour on just as many pixels as was said. */
    private static void assertMatches(BufferedImage mask, List<Anomaly> anomalies) {
        assertThat(mask.getWidth()).isEqualTo(BrushedMetal.SIDE);
        assertThat(mask.getHeight()).isEqualTo(BrushedMetal.SIDE);
        assertThat(mask.getColorModel().getNumComponents()).isEqualTo(3);
        Map<String, Integer> pixels = new HashMap<>();
        for (int y = 0; y < mask.getHeight(); y++) {
            for (int x = 0; x < mask.getWidth(); x++) {
                pixels.merge(String.format(Locale.ROOT, "#%06X", mask.getRGB(x, y) & 0xFFFFFF), 1, Integer::sum);
            }
        }
        Map<String, Integer> said = new HashMap<>();
        anomalies.forEach(anomaly -> said.put(
                anomaly.pixelAnomaly().color(),
                Math.round(anomaly.pixelAnomaly().totalPercentageArea() * mask.getWidth() * mask.getHeight())));
        assertThat(pixels).isEqualTo(said);
    }
}
