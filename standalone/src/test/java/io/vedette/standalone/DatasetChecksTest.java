package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.customer.Extensions.Answer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;

/** A check names what a training would stumble over, each image by its name, and trains nothing. */
@StackTest
class DatasetChecksTest {
    private static final Color SCRATCH = new Color(0x23A436);
    private static final byte[] TEXT = "a text, whatever its name says".getBytes(StandardCharsets.UTF_8);

    @Test
    void everyBadImageIsNamed(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        List<String> lines = new ArrayList<>(workshop.photographs("good", 6, 3));
        byte[] jpeg = Photographs.jpeg(1);
        lines.add(image(workshop, "text.png", TEXT));
        lines.add(image(workshop, "empty.png", new byte[0]));
        lines.add(image(workshop, "small.png", Photographs.pngOfSide(63)));
        lines.add(image(workshop, "wide.png", png(4097, 64, Color.GRAY)));
        lines.add(image(workshop, "bomb.png", HostileImagesTest.png(30_000, 30_000, new byte[100])));
        lines.add(image(workshop, "heavy.png", new byte[(8 << 20) + 1]));
        lines.add(image(workshop, "cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2)));
        lines.add(image(workshop, "odd.png", Photographs.pngOfSide(100)));
        lines.add(image(workshop, "copy.png", Photographs.png("good".hashCode() + 2, false)));
        lines.add(Lines.of(workshop.address("missing.png"), "normal"));
        workshop.dataset("train", lines);
        // When
        JsonNode check = checked(customer, workshop);
        // Then
        assertThat(check.get("Status").asText()).isEqualTo("COMPLETE");
        assertThat(check.get("Done").asInt()).isEqualTo(lines.size());
        assertThat(check.get("Total").asInt()).isEqualTo(lines.size());
        assertThat(check.get("FindingCount").asInt()).isEqualTo(10);
        String at = workshop.address("");
        assertThat(findings(check))
                .containsExactly(
                        "IMAGE: The image " + at + "text.png is neither a PNG nor a JPEG image.",
                        "IMAGE: The image " + at + "empty.png is empty.",
                        "IMAGE: The image " + at + "small.png is 63x63 pixels; each side must be 64 to 4096.",
                        "IMAGE: The image " + at + "wide.png is 4097x64 pixels; each side must be 64 to 4096.",
                        "IMAGE: The image " + at + "bomb.png is 30000x30000 pixels; each side must be 64 to 4096.",
                        "IMAGE: " + at + "heavy.png is larger than 8 MB.",
                        "IMAGE: The image " + at + "cut.jpg is damaged or cut short.",
                        "DIMENSIONS: The image " + at + "odd.png is 100x100 pixels; most of the dataset are 96x96.",
                        "DUPLICATE: The image " + at + "copy.png is the same file as " + at + "good/2.png.",
                        "IMAGE: " + at + "missing.png does not exist.");
        assertThat(workshop.models()).isEmpty();
    }

    @Test
    void everyBadMaskIsNamed(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        int side = Photographs.SIDE;
        String at = workshop.address("");
        List<String> lines = List.of(
                masked(workshop, "right", png(side, side, SCRATCH), "#23A436"),
                masked(workshop, "white", png(side, side, Color.WHITE), "#23A436"),
                masked(workshop, "red", png(side, side, Color.RED), "#23A436"),
                masked(workshop, "large", png(side + 1, side, SCRATCH), "#23A436"),
                masked(workshop, "photograph", Photographs.jpeg(1), "#23A436"),
                masked(workshop, "cut", Arrays.copyOf(png(side, side, SCRATCH), 60), "#23A436"),
                masked(workshop, "missing", null, "#23A436"),
                masked(workshop, "nothing", png(side, side, SCRATCH), "green"));
        workshop.dataset("train", lines);
        // When
        List<String> findings = findings(checked(customer, workshop));
        // Then
        assertThat(findings.subList(0, 5))
                .containsExactly(
                        "MASK: The mask " + at
                                + "masks/red.png has the color #ff0000, which its color map does not list.",
                        "MASK: The mask " + at + "masks/large.png is 97x96, its image 96x96.",
                        "MASK: The mask " + at + "masks/photograph.png is not a PNG image.",
                        "MASK: The mask " + at + "masks/cut.png is damaged or cut short.",
                        "MASK: " + at + "masks/missing.png does not exist.");
        assertThat(findings.subList(5, findings.size()))
                .singleElement()
                .asString()
                .startsWith("MASK: The mask " + at + "masks/nothing.png cannot be used: ");
    }

    @Test
    void anotherCheckTakesThePlaceOfTheLast(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.dataset(
                "train",
                List.of(image(workshop, "text.png", TEXT), image(workshop, "a.png", Photographs.png(1, false))));
        Extensions http = new Extensions(customer.vision());
        String first = checked(customer, workshop).get("CheckId").asText();
        http.send(
                SdkHttpMethod.POST,
                dataset(workshop) + "/entry-removals",
                Map.of(),
                "application/json",
                ("{\"SourceRefs\":[\"" + workshop.address("text.png") + "\"]}").getBytes(StandardCharsets.UTF_8));
        // When
        JsonNode second = checked(customer, workshop);
        // Then
        assertThat(second.get("CheckId").asText()).isNotEqualTo(first);
        assertThat(second.get("Total").asInt()).isEqualTo(1);
        assertThat(second.get("FindingCount").asInt()).isZero();
        Answer gone = get(http, dataset(workshop) + "/checks/" + first);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.body().get("Message").asText()).contains(first);
    }

    @Test
    void findingsAreAllCountedAndAThousandTold(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", Lines.many(workshop.bucket(), "normal", 0, 1010));
        // When
        JsonNode check = checked(customer, workshop);
        // Then
        assertThat(check.get("FindingCount").asInt()).isEqualTo(1010);
        assertThat(findings(check)).hasSize(1000).allMatch(finding -> finding.endsWith(".png does not exist."));
    }

    @Test
    void whatIsNotThereCannotBeChecked(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        Extensions http = new Extensions(customer.vision());
        assertThat(begin(http, workshop).status()).isEqualTo(404);
        workshop.createEmptyDataset("train");
        assertThat(get(http, dataset(workshop) + "/checks/none").status()).isEqualTo(400);
        assertThat(checked(customer, workshop).get("Total").asInt()).isZero();
    }

    private static JsonNode checked(Customer customer, Workshop workshop) {
        Extensions http = new Extensions(customer.vision());
        Answer begun = begin(http, workshop);
        assertThat(begun.status()).as(begun.body().toString()).isEqualTo(202);
        String id = begun.body().get("CheckId").asText();
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> get(http, dataset(workshop) + "/checks/" + id).body(),
                        check -> !check.get("Status").asText().equals("IN_PROGRESS"));
    }

    private static List<String> findings(JsonNode check) {
        return StreamSupport.stream(check.get("Findings").spliterator(), false)
                .peek(finding -> assertThat(finding.get("SourceRef").asText()).startsWith("s3://"))
                .map(finding -> finding.get("Kind").asText() + ": "
                        + finding.get("Problem").asText())
                .toList();
    }

    private static Answer begin(Extensions http, Workshop workshop) {
        return http.send(SdkHttpMethod.POST, dataset(workshop) + "/checks", Map.of(), "", new byte[0]);
    }

    private static Answer get(Extensions http, String path) {
        return http.send(SdkHttpMethod.GET, path, Map.of(), "", new byte[0]);
    }

    private static String dataset(Workshop workshop) {
        return "/vedette/v1/projects/" + workshop.project() + "/datasets/train";
    }

    private static String image(Workshop workshop, String key, byte[] bytes) {
        workshop.put(key, bytes);
        return Lines.of(workshop.address(key), "normal");
    }

    /** @param mask null where there is none */
    private static String masked(Workshop workshop, String name, byte[] mask, String color) {
        workshop.put("images/" + name + ".png", Photographs.png(name.hashCode(), true));
        if (mask != null) {
            workshop.put("masks/" + name + ".png", mask);
        }
        return Lines.masked(
                workshop.address("images/" + name + ".png"), workshop.address("masks/" + name + ".png"), color);
    }

    private static byte[] png(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
