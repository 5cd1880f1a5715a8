package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** What is wrong with a manifest is told with its line, and can be put right (specification §5.5). */
@StackTest
@Tag("fault-33")
class ImportFailuresTest {
    private static final String GOOD = Lines.of("s3://images/1.png", "normal");

    @Test
    @Tag("LV-078")
    void aLineThatIsNoJsonIsNamed(Customer customer) {
        assertFailed(customer, List.of(GOOD, "not JSON"), "Line 2 of the manifest: not a JSON object.");
    }

    @Test
    void aLineWithoutAnImageIsNamed(Customer customer) {
        assertFailed(customer, List.of(GOOD, "{\"image\":\"x\"}"), "Line 2 of the manifest: source-ref is missing.");
    }

    @Test
    @Tag("LV-079")
    void imagesOfTwoBucketsAreNamed(Customer customer) {
        assertFailed(
                customer,
                List.of(GOOD, Lines.of("s3://elsewhere/2.png", "normal")),
                "Line 2 of the manifest: s3://elsewhere/2.png is not in the bucket images;"
                        + " all images and masks of a dataset must be in one bucket.");
    }

    @Test
    @Tag("LV-080")
    void aLineThatIsTooLongIsNamed(Customer customer) {
        String padded = "{\"source-ref\":\"s3://images/2.png\",\"note\":\"" + "x".repeat(8192) + "\"}";
        assertFailed(customer, List.of(GOOD, padded), "Line 2 of the manifest: longer than 8192 characters.");
    }

    @Test
    @Tag("LV-069")
    void aManifestThatIsNotThereIsNamed(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.createDataset("train", workshop.bucket(), "no/such.manifest");
        DatasetDescription failed = workshop.settled("train");
        assertThat(failed.status()).isEqualTo(DatasetStatus.CREATE_FAILED);
        assertThat(failed.statusMessage()).endsWith(" s3://" + workshop.bucket() + "/no/such.manifest does not exist.");
    }

    @Test
    void aBucketThatIsNotThereIsRefusedAtOnce(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> workshop.createDataset("train", "no-such-bucket-anywhere", "m"))
                .withMessageContaining("The bucket no-such-bucket-anywhere does not exist.");
    }

    @Test
    @Tag("LV-083")
    void aFailedDataSetIsInTheWayUntilItIsDeleted(Customer customer) {
        Workshop workshop = assertFailed(customer, List.of("{"), "Line 1 of the manifest: not a JSON object.");
        workshop.deleteDataset("train");
        assertThat(workshop.dataset("train", List.of(GOOD)).status()).isEqualTo(DatasetStatus.CREATE_COMPLETE);
    }

    @Test
    @Tag("LV-115")
    @Tag("LV-116")
    @Tag("LV-235")
    void anUpdateThatFailsLeavesAllAsItWas(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        DatasetDescription before = workshop.dataset("train", Lines.many("images", "normal", 0, 3));
        List<String> entries = new ArrayList<>(workshop.entries("train"));
        for (String bad : List.of("oops", Lines.of("s3://elsewhere/2.png", "normal"))) {
            DatasetDescription after =
                    workshop.update("train", Lines.of("s3://images/normal/IMG_0.png", "anomaly"), GOOD, bad);
            assertThat(after.status()).isEqualTo(DatasetStatus.UPDATE_FAILED_ROLLBACK_COMPLETE);
            assertThat(after.statusMessage()).contains("Line 3 of the changes: ");
            assertThat(after.imageStats()).isEqualTo(before.imageStats());
            assertThat(workshop.entries("train")).isEqualTo(entries);
        }
        Lifecycle.assertExactly(
                customer,
                "arn:aws:lookoutvision:us-east-1:000000000001:project/" + workshop.project(),
                "ProjectCreated",
                "DatasetStatusChanged train CREATE_IN_PROGRESS",
                "DatasetStatusChanged train CREATE_IN_PROGRESS>CREATE_COMPLETE",
                "DatasetStatusChanged train CREATE_COMPLETE>UPDATE_IN_PROGRESS",
                "DatasetStatusChanged train UPDATE_IN_PROGRESS>UPDATE_FAILED_ROLLBACK_COMPLETE",
                "DatasetStatusChanged train UPDATE_FAILED_ROLLBACK_COMPLETE>UPDATE_IN_PROGRESS",
                "DatasetStatusChanged train UPDATE_IN_PROGRESS>UPDATE_FAILED_ROLLBACK_COMPLETE");
    }

    private static Workshop assertFailed(Customer customer, List<String> lines, String reason) {
        Workshop workshop = Workshop.open(customer);
        DatasetDescription failed = workshop.dataset("train", lines);
        assertThat(failed.status()).isEqualTo(DatasetStatus.CREATE_FAILED);
        assertThat(failed.statusMessage()).isEqualTo("The dataset could not be created. " + reason);
        assertThat(failed.imageStats().total()).isZero();
        return workshop;
    }
}
