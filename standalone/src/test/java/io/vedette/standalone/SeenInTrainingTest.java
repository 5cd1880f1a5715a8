package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** Test images that were trained on make figures better than they are: the customer is told which these are. */
@StackTest
class SeenInTrainingTest {
    private static final String SAID =
            "Some test images are training images too, so the figures look better than they are: ";

    @Test
    void testImagesThatWereTrainedOnAreNamed(Customer customer) throws IOException {
        // Given
        Workshop workshop = Workshop.open(customer);
        List<String> train = workshop.photographs("train", 10, 0);
        List<String> test = new ArrayList<>(workshop.photographs("test", 8, 10));
        workshop.put("test/copy.png", Photographs.png("train".hashCode() + 3, false));
        test.add(Lines.of(workshop.address("test/copy.png"), "normal"));
        test.add(train.get(5));
        workshop.dataset("train", train);
        workshop.dataset("test", test);
        // When
        workshop.askForModel();
        ModelDescription model = workshop.trained("1");
        // Then
        assertThat(model.status()).isEqualTo(ModelStatus.TRAINED);
        assertThat(model.statusMessage())
                .contains(SAID)
                .contains(workshop.address("test/copy.png"), workshop.address("train/5.png"))
                .doesNotContain(workshop.address("test/1.png"));
        String key = model.evaluationResult().key().replace("EvaluationResult-", "VedetteEvaluation-");
        JsonNode extension = new ObjectMapper().readTree(workshop.read(workshop.bucket(), key));
        assertThat(extension.get("Remarks"))
                .anySatisfy(remark -> assertThat(remark.textValue()).startsWith(SAID));
    }
}
