package io.vedette.standalone;

import static io.vedette.standalone.Workshop.stats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

@StackTest
class UpdatesTest {
    @Test
    @Tag("LV-111")
    @Tag("LV-112")
    @Tag("LV-113")
    @Tag("LV-114")
    @Tag("LV-122")
    void anUpdateAddsAndReplacesWholeLinesAllAtOnce(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        DatasetDescription before = workshop.dataset("train", Lines.many("images", "normal", 0, 3));
        // When
        var answer = customer.vision()
                .updateDatasetEntries(request -> request.projectName(workshop.project())
                        .datasetType("train")
                        .changes(SdkBytes.fromUtf8String(Lines.unlabelled("s3://images/normal/IMG_0.png") + "\n"
                                + Lines.of("s3://images/normal/IMG_1.png", "anomaly") + "\n"
                                + Lines.of("s3://images/new.png", "normal"))));
        // Then
        assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(answer.status()).isEqualTo(DatasetStatus.UPDATE_IN_PROGRESS);
        DatasetDescription after = workshop.settled("train");
        assertThat(after.status()).isEqualTo(DatasetStatus.UPDATE_COMPLETE);
        assertThat(after.statusMessage()).isEqualTo("The dataset was updated successfully.");
        assertThat(after.imageStats()).isEqualTo(stats(4, 2, 1));
        assertThat(after.lastUpdatedTimestamp()).isAfter(before.lastUpdatedTimestamp());
        assertThat(workshop.entries("train").get(0)).isEqualTo(Lines.unlabelled("s3://images/normal/IMG_0.png"));
    }

    @Test
    @Tag("LV-121")
    void anEmptyDataSetIsFilledByAnUpdate(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.createEmptyDataset("train");
        assertThat(workshop.update("train", Lines.of("s3://images/1.png", "anomaly"))
                        .imageStats())
                .isEqualTo(stats(1, 0, 1));
    }

    @Test
    @Tag("LV-120")
    void oneUpdateAtATime(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", Lines.many("images", "normal", 0, 3));
        String large = String.join("\n", Lines.many("images", "normal", 0, 12_000));
        // When
        customer.vision()
                .updateDatasetEntries(request -> request.projectName(workshop.project())
                        .datasetType("train")
                        .changes(SdkBytes.fromUtf8String(large)));
        // Then
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> workshop.update("train", Lines.of("s3://images/1.png", "anomaly")))
                .satisfies(conflict -> assertThat(conflict.resourceType()).isEqualTo(ResourceType.DATASET));
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> workshop.deleteDataset("train"));
        assertThatExceptionOfType(ConflictException.class).isThrownBy(workshop::askForModel);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(workshop.describe("train").imageStats()).isEqualTo(stats(12_000, 12_000, 0)));
    }

    @Test
    @Tag("LV-117")
    @Tag("LV-118")
    @Tag("LV-119")
    void updatesThatCannotBeAreRefused(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        assertMissing(() -> workshop.update("train", Lines.unlabelled("s3://images/1.png")), ResourceType.DATASET);
        workshop.createEmptyDataset("train");
        refused(() -> workshop.update("train", ""));
        refused(() -> workshop.update("train", " ".repeat((10 << 20) + 1)));
    }

    private static void assertMissing(ThrowingCallable call, ResourceType type) {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(call)
                .satisfies(missing -> assertThat(missing.resourceType()).isEqualTo(type));
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(ValidationException.class).isThrownBy(call);
    }
}
