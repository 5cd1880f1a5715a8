package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** Images that nothing can be learned from end a training with a message that names the file, and no model of it. */
@StackTest
@Tag("fault-32")
class BadImagesTest {
    private static final byte[] TEXT = "a text, whatever its name says".getBytes(StandardCharsets.UTF_8);

    @Test
    @Tag("LV-136")
    void imagesOfDifferentSizes(Customer customer) {
        String message = failed(customer, "odd.png", Photographs.pngOfSide(100));
        assertThat(message)
                .startsWith("Images in the dataset must have the same dimensions.")
                .contains("/odd.png");
    }

    @Test
    void aTruncatedJpeg(Customer customer) {
        byte[] jpeg = Photographs.jpeg(1);
        String message = failed(customer, "cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2));
        assertThat(message).contains("/cut.jpg is damaged or cut short.");
    }

    @Test
    void aTextThatIsCalledAPicture(Customer customer) {
        String message = failed(customer, "text.png", TEXT);
        assertThat(message).contains("/text.png is neither a PNG nor a JPEG image.");
    }

    @Test
    void anImageThatIsTooSmall(Customer customer) {
        String message = failed(customer, "small.png", Photographs.pngOfSide(63));
        assertThat(message).contains("/small.png is 63x63 pixels");
    }

    @Test
    void aFileThatIsTooLarge(Customer customer) {
        String message = failed(customer, "heavy.png", new byte[(8 << 20) + 1]);
        assertThat(message).contains("/heavy.png is larger than 8 MB.");
    }

    @Test
    void anImageOfAHundredMegapixels(Customer customer) {
        String message = failed(customer, "bomb.png", HostileImagesTest.png(10_000, 10_000, new byte[1 << 20]));
        assertThat(message).contains("/bomb.png is 10000x10000 pixels");
    }

    @Test
    void anImageWhoseNameWouldEndALineOfTheLogAndTurnTheNextAround(Customer customer, StackLayout stack)
            throws IOException {
        // Given: line separator and right-to-left override; a manifest with other control characters is refused
        String message = failed(customer, "x\\u2028\\u202egnp.png", null);
        assertThat(message).contains("x\u2028\u202egnp.png does not exist.");
        // Then: the lines are JSON, which escapes the escapes once more
        for (String part : List.of("api", "trainer")) {
            assertThat(Files.readString(stack.home().log(part)))
                    .contains("x\\\\u2028\\\\u202egnp.png does not exist.")
                    .doesNotContain("\u2028", "\u202e");
        }
    }

    @Test
    void anImageThatIsNotThere(Customer customer) {
        String message = failed(customer, "missing.png", null);
        assertThat(message).contains("/missing.png does not exist.");
    }

    @Test
    @Tag("LV-137")
    void aMaskWithAColourThatNoLabelHas(Customer customer) {
        // The ring has none of the scratch's green.
        String message = failedForMask(customer, Photographs.png(1, false));
        assertThat(message).contains("/mask.png has the color #").contains("which its color map does not list.");
    }

    @Test
    @Tag("LV-138")
    void aMaskThatIsNoPng(Customer customer) {
        String message = failedForMask(customer, Photographs.jpeg(1));
        assertThat(message).contains("/mask.png is not a PNG image.");
    }

    private static String failedForMask(Customer customer, byte[] mask) {
        Workshop workshop = Workshop.open(customer);
        workshop.put("mask.png", mask);
        List<String> train = new ArrayList<>(workshop.photographs("train", 10, 1));
        train.set(10, Lines.masked(workshop.address("train/10.png"), workshop.address("mask.png"), "#23A436"));
        return failed(workshop, train);
    }

    /** @param bytes of the one image that is wrong, the second of ten; null where there is none */
    private static String failed(Customer customer, String name, byte[] bytes) {
        Workshop workshop = Workshop.open(customer);
        List<String> train = new ArrayList<>(workshop.photographs("train", 10, 0));
        train.set(1, Lines.of(workshop.address(name), "normal"));
        if (bytes != null) {
            workshop.put(name, bytes);
        }
        return failed(workshop, train);
    }

    private static String failed(Workshop workshop, List<String> train) {
        workshop.dataset("train", train);
        workshop.dataset("test", workshop.photographs("test", 1, 1));
        workshop.askForModel();
        ModelDescription model = workshop.trained("1");
        assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(model.performance()).isNull();
        assertThat(model.evaluationResult()).isNull();
        assertThat(model.outputConfig().s3Location().bucket()).isEqualTo(workshop.bucket());
        return model.statusMessage();
    }
}
