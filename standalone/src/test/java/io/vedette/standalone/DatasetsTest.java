package io.vedette.standalone;

import static io.vedette.standalone.Workshop.stats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.CreateDatasetResponse;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.DatasetMetadata;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

@StackTest
class DatasetsTest {
    @Test
    @Tag("LV-060")
    @Tag("LV-061")
    @Tag("LV-063")
    @Tag("LV-109")
    void withoutASourceAnEmptyDataSetIsThereAtOnce(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        CreateDatasetResponse answer = customer.vision()
                .createDataset(
                        request -> request.projectName(workshop.project()).datasetType("train"));
        assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(202);
        DatasetMetadata made = answer.datasetMetadata();
        assertThat(made.status()).isEqualTo(DatasetStatus.CREATE_COMPLETE);
        assertThat(made.statusMessage()).isEqualTo("The dataset was created successfully.");
        assertThat(workshop.describe("train").imageStats()).isEqualTo(stats(0, 0, 0));
        var entries = customer.vision()
                .listDatasetEntries(
                        request -> request.projectName(workshop.project()).datasetType("train"));
        assertThat(entries.hasDatasetEntries()).isTrue();
        assertThat(entries.datasetEntries()).isEmpty();
    }

    @Test
    @Tag("LV-062")
    @Tag("LV-064")
    @Tag("LV-084")
    @Tag("LV-085")
    @Tag("LV-086")
    void aManifestIsImportedInTheBackground(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        List<String> lines = new ArrayList<>(Lines.many("images", "normal", 0, 7));
        lines.addAll(Lines.many("images", "anomaly", 0, 4));
        lines.add(Lines.unlabelled("s3://images/extra.png"));
        DatasetMetadata asked = workshop.ask("train", lines);
        assertThat(asked.status()).isEqualTo(DatasetStatus.CREATE_IN_PROGRESS);
        assertThat(asked.statusMessage()).isEqualTo("The dataset is creating.");
        assertThat(workshop.describe("train").imageStats().total()).isNotNull();
        DatasetDescription made = workshop.settled("train");
        assertThat(made.status()).isEqualTo(DatasetStatus.CREATE_COMPLETE);
        assertThat(made.statusMessage()).isEqualTo("The dataset was created successfully.");
        assertThat(made.imageStats()).isEqualTo(stats(12, 7, 4));
        assertThat(made.creationTimestamp()).isEqualTo(asked.creationTimestamp());
        assertThat(made.lastUpdatedTimestamp()).isAfterOrEqualTo(made.creationTimestamp());
    }

    @Test
    @Tag("LV-065")
    @Tag("LV-066")
    @Tag("LV-067")
    void aProjectHasOneDataSetOfEachType(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.createEmptyDataset("train");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> workshop.createEmptyDataset("train"))
                .satisfies(conflict -> {
                    assertThat(conflict.resourceType()).isEqualTo(ResourceType.DATASET);
                    assertThat(conflict.resourceId()).isEqualTo(workshop.project() + "/train");
                });
        refused(() -> workshop.createEmptyDataset("validation"));
        refused(() -> workshop.createEmptyDataset("Train"));
        Workshop nowhere = new Workshop(customer, workshop.project() + "-2");
        assertMissing(() -> nowhere.createEmptyDataset("train"), ResourceType.PROJECT);
    }

    @Test
    @Tag("LV-068")
    @Tag("LV-047")
    void testMayComeBeforeOrAfterTrain(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.createEmptyDataset("test");
        workshop.createEmptyDataset("train");
        assertThat(customer.vision()
                        .describeProject(request -> request.projectName(workshop.project()))
                        .projectDescription()
                        .datasets())
                .extracting(DatasetMetadata::datasetType)
                .containsExactly("train", "test");
        workshop.deleteDataset("test");
        assertThat(workshop.createEmptyDataset("test").datasetType()).isEqualTo("test");
    }

    @Test
    @Tag("LV-071")
    @Tag("LV-072")
    @Tag("LV-073")
    void manifestsMayLieElsewhereHaveAnyNameAndWindowsLineEnds(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        String text = String.join("\r\n", Lines.many("images", "normal", 0, 3)) + "\r\n\r\n";
        workshop.put("a_manifest_of_sorts.txt", bytes(text));
        workshop.createDataset("train", workshop.bucket(), "a_manifest_of_sorts.txt");
        assertThat(workshop.settled("train").imageStats()).isEqualTo(stats(3, 3, 0));
    }

    @Test
    @Tag("LV-074")
    @Tag("LV-075")
    @Tag("LV-076")
    @Tag("LV-077")
    void onlyTheClassNameSaysWhatAnImageShows(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        String date = "2020-11-10T03:37:09.600";
        DatasetDescription made = workshop.dataset(
                "train",
                List.of(
                        // AWS's Python SDK: its own name, and 1 for normal
                        "{\"source-ref\":\"s3://images/1.png\",\"auto-label\":1,\"auto-label-metadata\":"
                                + Lines.label("normal", date) + "}",
                        "{\"source-ref\":\"s3://images/2.png\",\"auto-label\":0,\"auto-label-metadata\":"
                                + Lines.label("anomaly", date) + "}",
                        Lines.of("s3://images/3.png", "scratch"),
                        Lines.of("s3://images/4.png", "Anomaly")));
        assertThat(made.imageStats()).isEqualTo(stats(4, 1, 2));
        assertThat(workshop.entries("train").get(0)).contains("\"anomaly-label\":0", "\"class-name\":\"normal\"");
        assertThat(workshop.entries("train").get(1)).contains("\"anomaly-label\":1", "\"class-name\":\"anomaly\"");
    }

    @Test
    @Tag("LV-234")
    void whatAwssScriptMakesOfTablesIsImported(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        String line = "{\"source-ref\": \"s3://images/%s\", \"anomaly-label\": %d, \"anomaly-label-metadata\":"
                + " {\"confidence\": 1, \"job-name\": \"labeling-job/anomaly-classification\","
                + " \"class-name\": \"%s\", \"human-annotated\": \"yes\","
                + " \"creation-date\": \"2022-01-24T11:29:08.433061\","
                + " \"type\": \"groundtruth/image-classification\"}}";
        List<String> lines = List.of(line.formatted("1.jpg", 0, "normal"), line.formatted("2.jpg", 1, "anomaly"));
        assertThat(workshop.dataset("train", lines).imageStats()).isEqualTo(stats(2, 1, 1));
    }

    @Test
    @Tag("LV-081")
    void ofEqualImagesTheLastLineCounts(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        DatasetDescription made = workshop.dataset(
                "train", List.of(Lines.of("s3://images/1.png", "normal"), Lines.of("s3://images/1.png", "anomaly")));
        assertThat(made.imageStats()).isEqualTo(stats(1, 0, 1));
    }

    @Test
    @Tag("LV-082")
    @Tag("LV-108")
    void aManifestAsLenientAsAwssOwnIsImportedWhole(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        List<String> lines = new ArrayList<>(Lines.many("cookies", "normal", 0, 31));
        for (int i = 0; i < 32; i++) {
            lines.add(cracked("s3://cookies/anomaly/IMG_" + i + ".png", "s3://cookies/masks/" + i + ".png"));
        }
        assertThat(workshop.dataset("train", lines).imageStats()).isEqualTo(stats(63, 31, 32));
        assertThat(workshop.entries("train").subList(31, 63))
                .allMatch(line -> line.contains("\"anomaly-mask-ref\":\"s3://cookies/masks/"))
                .allMatch(line -> line.contains("\"anomaly-mask-ref-metadata\":{"))
                .noneMatch(line -> line.contains("\"drawn-ref\""));
    }

    @Test
    @Tag("LV-087")
    @Tag("LV-088")
    void whatIsNotThereIsNotFound(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.createEmptyDataset("train");
        assertMissing(() -> workshop.describe("test"), ResourceType.DATASET);
        assertMissing(() -> new Workshop(customer, "no-such-project").describe("train"), ResourceType.PROJECT);
    }

    @Test
    @Tag("LV-070")
    void aVersionIsRefusedWhereTheStoreKeepsNone(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.manifest("m", Lines.many("images", "normal", 0, 3));
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> customer.vision()
                        .createDataset(request -> request.projectName(workshop.project())
                                .datasetType("train")
                                .datasetSource(source -> source.groundTruthManifest(
                                        manifest -> manifest.s3Object(object -> object.bucket(workshop.bucket())
                                                .key("m")
                                                .versionId("1"))))))
                .withMessageContaining("VersionId")
                .withMessageContaining("The object store keeps no versions of its objects");
        assertMissing(() -> workshop.describe("train"), ResourceType.DATASET);
    }

    /** As in AWS's published set: no background, no confidence, JavaScript's date, upper case. */
    private static String cracked(String image, String mask) {
        String date = "Mon Aug 22 2022 13:52:52 GMT-0700 (Pacific Daylight Time)";
        return "{\"source-ref\":\"" + image + "\",\"auto-label\":11,\"auto-label-metadata\":"
                + Lines.label("anomaly", "2022-08-22T20:52:51.851Z") + ",\"drawn-ref\":\"" + mask
                + "\",\"drawn-ref-metadata\":{\"internal-color-map\":{\"0\":{\"class-name\":\"cracked\","
                + "\"hex-color\":\"#23A436\"}},\"type\":\"groundtruth/semantic-segmentation\","
                + "\"human-annotated\":\"yes\",\"creation-date\":\"" + date + "\",\"job-name\":\"labeling-job/x\"}}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
