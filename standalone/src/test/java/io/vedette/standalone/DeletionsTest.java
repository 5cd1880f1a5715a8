package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.TrainedModels.Trained;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.DatasetMetadata;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;
import software.amazon.awssdk.services.lookoutvision.model.DeleteDatasetResponse;
import software.amazon.awssdk.services.lookoutvision.model.DeleteModelResponse;
import software.amazon.awssdk.services.lookoutvision.model.DeleteProjectResponse;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

@StackTest
class DeletionsTest {
    @Test
    @Tag("LV-055")
    @Tag("LV-032")
    @Tag("LV-058")
    void anEmptyProjectGoesAtOnceAndTheReplayStillTellsItsArn(Customer customer) {
        String arn = new Workshop(customer, customer.project()).createProject().projectArn();
        String token = UUID.randomUUID().toString();
        DeleteProjectResponse first = deleteProject(customer, token);
        assertThat(first.sdkHttpResponse().statusCode()).isEqualTo(200);
        assertThat(first.projectArn()).isEqualTo(arn);
        assertThat(deleteProject(customer, token).projectArn()).isEqualTo(arn);
        assertMissing(() -> deleteProject(customer, UUID.randomUUID().toString()), ResourceType.PROJECT);
        Lifecycle.assertExactly(customer, arn, "ProjectCreated", "ProjectDeleted");
    }

    @Test
    @Tag("LV-056")
    void aProjectWithADataSetStays(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.createEmptyDataset("test");
        assertConflict(() -> deleteProject(customer, null), ResourceType.PROJECT, workshop.project());
        workshop.deleteDataset("test");
        deleteProject(customer, null);
    }

    @Test
    @Tag("LV-089")
    @Tag("LV-090")
    @Tag("LV-091")
    @Tag("LV-228")
    void aDataSetIsReplacedWithoutWaiting(Customer customer) {
        // AWS's Python SDK lists both data sets' entries, deletes and creates at once
        Workshop workshop = Workshop.open(customer);
        for (int round = 0; round < 5; round++) {
            int images = 200 + round;
            workshop.dataset("train", Lines.many("images", "normal", 0, images));
            assertThat(workshop.entries("train")).hasSize(images);
            DeleteDatasetResponse deleted = customer.vision()
                    .deleteDataset(
                            request -> request.projectName(workshop.project()).datasetType("train"));
            assertThat(deleted.sdkHttpResponse().statusCode()).isEqualTo(202);
            DatasetMetadata made = workshop.ask("train", Lines.many("images", "anomaly", 0, 3));
            assertThat(made.status()).isEqualTo(DatasetStatus.CREATE_IN_PROGRESS);
            assertThat(workshop.settled("train").imageStats().total()).isEqualTo(3);
            workshop.deleteDataset("train");
            assertMissing(() -> workshop.describe("train"), ResourceType.DATASET);
            assertThat(customer.vision()
                            .describeProject(request -> request.projectName(workshop.project()))
                            .projectDescription()
                            .datasets())
                    .isEmpty();
        }
    }

    @Test
    @Tag("LV-094")
    void imagesStayWhenTheirDataSetGoes(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", workshop.photographs("images", 2, 1));
        workshop.deleteDataset("train");
        assertThat(customer.s3()
                        .listObjectsV2(
                                request -> request.bucket(workshop.bucket()).prefix("images/"))
                        .contents())
                .hasSize(3);
    }

    @Test
    @Tag("LV-031")
    @Tag("LV-057")
    @Tag("LV-092")
    @Tag("LV-095")
    @Tag("LV-151")
    @Tag("LV-174")
    @Tag("LV-175")
    @Tag("LV-176")
    @Tag("LV-178")
    @Tag("LV-212")
    @Tag("LV-235")
    void aModelGoesWithAllThatIsKeptOfIt(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", workshop.photographs("train", 20, 10));
        workshop.dataset("test", workshop.photographs("test", 1, 1));
        ModelMetadata asked = workshop.askForModel(request -> request.tags(tag()));
        // Then: nothing of it goes while it is in training
        assertConflict(() -> deleteModel(workshop, null), ResourceType.MODEL, workshop.project() + "/1");
        assertConflict(() -> workshop.deleteDataset("train"), ResourceType.DATASET, workshop.project() + "/train");
        assertConflict(() -> workshop.deleteDataset("test"), ResourceType.DATASET, workshop.project() + "/test");
        // When
        ModelDescription model = workshop.trained("1");
        assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
        workshop.deleteDataset("test");
        assertConflict(() -> deleteProject(customer, null), ResourceType.PROJECT, workshop.project());
        assertThatExceptionOfType(ValidationException.class).isThrownBy(() -> workshop.deleteModel("latest"));
        DeleteModelResponse deleted = deleteModel(workshop, "the-token");
        assertThat(deleted.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(deleted.modelArn()).isEqualTo(asked.modelArn());
        workshop.untilGone("1");
        // Then
        assertThat(deleteModel(workshop, "the-token").modelArn()).isEqualTo(asked.modelArn());
        assertMissing(() -> workshop.model("1"), ResourceType.MODEL);
        assertMissing(
                () -> customer.vision().listTagsForResource(request -> request.resourceArn(asked.modelArn())),
                ResourceType.MODEL);
        assertThat(workshop.read(
                        model.evaluationResult().bucket(),
                        model.evaluationResult().key()))
                .startsWith("{");
        // and the next one has the next number, of the data set that is divided again
        assertThat(workshop.askForModel().modelVersion()).isEqualTo("2");
        assertThat(workshop.trained("2").status()).isEqualTo(ModelStatus.TRAINED);
        Lifecycle.assertExactly(
                customer,
                asked.modelArn(),
                "ModelStatusChanged TRAINING",
                "ModelStatusChanged TRAINING>TRAINED",
                "ModelStatusChanged TRAINED>DELETING",
                "ModelDeleted");
    }

    @Test
    @Tag("LV-059")
    @Tag("LV-161")
    void aNameUsedAgainCountsFromOneAndDividesItsImagesAlike(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        List<String> lines = new ArrayList<>(workshop.photographs("images", 20, 10));
        Set<String> first = testImages(workshop, lines);
        workshop.deleteModel("1");
        workshop.deleteDataset("train");
        deleteProject(customer, null);
        // When
        workshop.createProject();
        Collections.reverse(lines);
        Set<String> second = testImages(workshop, lines);
        // Then
        assertThat(second).isEqualTo(first).hasSize(15);
    }

    /** The images that the first model of a single data set with these lines is tested on. */
    private static Set<String> testImages(Workshop workshop, List<String> lines) {
        workshop.dataset("train", lines);
        ModelMetadata asked = workshop.askForModel();
        assertThat(asked.modelVersion()).isEqualTo("1");
        ModelDescription model = workshop.trained("1");
        assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
        return EvaluationFilesTest.manifest(new Trained(workshop, lines, asked, model, model)).stream()
                .map(line -> line.get("source-ref"))
                .map(JsonNode::textValue)
                .collect(Collectors.toSet());
    }

    private static software.amazon.awssdk.services.lookoutvision.model.Tag tag() {
        return software.amazon.awssdk.services.lookoutvision.model.Tag.builder()
                .key("team")
                .value("blue")
                .build();
    }

    private static DeleteProjectResponse deleteProject(Customer customer, String token) {
        return customer.vision()
                .deleteProject(
                        request -> request.projectName(customer.project()).clientToken(token));
    }

    private static DeleteModelResponse deleteModel(Workshop workshop, String token) {
        return workshop.customer()
                .vision()
                .deleteModel(request -> request.projectName(workshop.project())
                        .modelVersion("1")
                        .clientToken(token));
    }

    private static void assertConflict(ThrowingCallable call, ResourceType type, String id) {
        assertThatExceptionOfType(ConflictException.class).isThrownBy(call).satisfies(conflict -> {
            assertThat(conflict.resourceType()).isEqualTo(type);
            assertThat(conflict.resourceId()).isEqualTo(id);
        });
    }

    private static void assertMissing(ThrowingCallable call, ResourceType type) {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(call)
                .satisfies(missing -> assertThat(missing.resourceType()).isEqualTo(type));
    }
}
