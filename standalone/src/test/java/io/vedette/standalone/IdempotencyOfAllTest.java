package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** One token, one effect, whatever the operation: replays, other input, and a hundred callers at once. */
@StackTest
class IdempotencyOfAllTest {
    private static final int CALLERS = 100;

    private final String token = UUID.randomUUID().toString();
    private Customer customer;
    private LookoutVisionClient vision;

    /** A client that sends a hundred calls at the same time; the SDK's own would send fifty. */
    @BeforeEach
    void aHundredConnections(Customer given) {
        var configuration = given.vision().serviceClientConfiguration();
        vision = LookoutVisionClient.builder()
                .endpointOverride(configuration.endpointOverride().orElseThrow())
                .region(configuration.region())
                .credentialsProvider(configuration.credentialsProvider())
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(CALLERS))
                .build();
        customer = new Customer(vision, given.s3(), given.project(), given.bucket(), given.stack());
    }

    @AfterEach
    void disconnect() {
        vision.close();
    }

    @Test
    @Tag("LV-024")
    void aHundredCallersMakeOneProject() throws Exception {
        assertThat(together(() -> customer.vision()
                        .createProject(request ->
                                request.projectName(customer.project()).clientToken(token))
                        .projectMetadata()))
                .containsOnly(customer.vision()
                        .createProject(request ->
                                request.projectName(customer.project()).clientToken(token))
                        .projectMetadata());
        String arn = "arn:aws:lookoutvision:us-east-1:000000000001:project/" + customer.project();
        Lifecycle.assertExactly(customer, arn, "ProjectCreated");
    }

    @Test
    @Tag("LV-032")
    @Tag("LV-038")
    void aHundredCallersDeleteOneProject() throws Exception {
        Workshop workshop = new Workshop(customer, customer.project());
        Callable<String> deletion = () -> customer.vision()
                .deleteProject(
                        request -> request.projectName(customer.project()).clientToken(token))
                .projectArn();
        // a refusal is not remembered, so the token is as good as new
        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(deletion::call);
        String arn = workshop.createProject().projectArn();
        assertThat(together(deletion)).containsOnly(arn);
        assertThat(deletion.call()).isEqualTo(arn);
        Lifecycle.assertExactly(customer, arn, "ProjectCreated", "ProjectDeleted");
        // another project of that name has nothing to do with it
        workshop.createProject();
        assertThat(deletion.call()).isEqualTo(arn);
        assertThat(customer.vision()
                        .describeProject(request -> request.projectName(customer.project()))
                        .projectDescription()
                        .projectArn())
                .isEqualTo(arn);
        assertConflict(() -> customer.vision()
                .deleteProject(request ->
                        request.projectName(customer.project() + "-2").clientToken(token)));
    }

    @Test
    @Tag("LV-037")
    @Tag("LV-235")
    void aHundredCallersMakeUpdateAndDeleteOneDataSet() throws Exception {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.manifest("m", Lines.many("images", "normal", 0, 50));
        // When
        assertThat(together(() -> vision.createDataset(request -> {
                            request.projectName(workshop.project())
                                    .datasetType("train")
                                    .clientToken(token);
                            Workshop.fromManifest(request, workshop.bucket(), "m");
                        })
                        .datasetMetadata()))
                .hasSize(1)
                .allMatch(made -> made.status() == DatasetStatus.CREATE_IN_PROGRESS);
        DatasetDescription made = workshop.settled("train");
        // the same token on another operation is another call
        assertThat(together(() -> update(workshop, token))).containsOnly(DatasetStatus.UPDATE_IN_PROGRESS);
        DatasetDescription updated = workshop.settled("train");
        assertThat(together(() -> vision.deleteDataset(request -> request.projectName(workshop.project())
                                .datasetType("train")
                                .clientToken(token))
                        .sdkHttpResponse()
                        .statusCode()))
                .containsOnly(202);
        // Then
        assertThat(made.imageStats().total()).isEqualTo(50);
        assertThat(updated.imageStats().total()).isEqualTo(51);
        Lifecycle.assertExactly(
                customer,
                "arn:aws:lookoutvision:us-east-1:000000000001:project/" + workshop.project(),
                "ProjectCreated",
                "DatasetStatusChanged train CREATE_IN_PROGRESS",
                "DatasetStatusChanged train CREATE_IN_PROGRESS>CREATE_COMPLETE",
                "DatasetStatusChanged train CREATE_COMPLETE>UPDATE_IN_PROGRESS",
                "DatasetStatusChanged train UPDATE_IN_PROGRESS>UPDATE_COMPLETE",
                "DatasetStatusChanged train UPDATE_COMPLETE>DELETE_COMPLETE");
        // and all are answered as before, though the data set is gone
        assertThat(update(workshop, token)).isEqualTo(DatasetStatus.UPDATE_IN_PROGRESS);
        assertConflict(() -> vision.deleteDataset(request ->
                request.projectName(workshop.project()).datasetType("test").clientToken(token)));
        assertConflict(() -> vision.createDataset(request ->
                request.projectName(workshop.project()).datasetType("test").clientToken(token)));
        assertConflict(() -> vision.updateDatasetEntries(request -> request.projectName(workshop.project())
                .datasetType("train")
                .changes(SdkBytes.fromUtf8String(Lines.unlabelled("s3://images/other.png")))
                .clientToken(token)));
    }

    @Test
    @Tag("LV-033")
    void anUpdateIsAppliedOnce() {
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", Lines.many("images", "normal", 0, 5));
        update(workshop, token);
        DatasetDescription once = workshop.settled("train");
        assertThat(update(workshop, token)).isEqualTo(DatasetStatus.UPDATE_IN_PROGRESS);
        assertThat(workshop.describe("train")).isEqualTo(once);
    }

    @Test
    @Tag("LV-026")
    @Tag("LV-031")
    void aHundredCallersMakeAndDeleteOneModel() throws Exception {
        // Given: a model that fails soon, for there are no such images
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", Lines.many(workshop.bucket(), "normal", 0, 10));
        workshop.dataset(
                "test",
                List.of(
                        Lines.of("s3://" + workshop.bucket() + "/1.png", "normal"),
                        Lines.of("s3://" + workshop.bucket() + "/2.png", "anomaly")));
        // When
        var made = together(() -> workshop.askForModel(request -> request.clientToken(token)));
        // Then
        assertThat(made).hasSize(1).allMatch(model -> model.modelVersion().equals("1"));
        assertThat(workshop.trained("1").status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(workshop.models()).hasSize(1);
        Callable<String> deletion = () -> customer.vision()
                .deleteModel(request -> request.projectName(workshop.project())
                        .modelVersion("1")
                        .clientToken(token))
                .modelArn();
        String arn = made.get(0).modelArn();
        assertThat(together(deletion)).containsOnly(arn);
        workshop.untilGone("1");
        assertThat(deletion.call()).isEqualTo(arn);
        assertConflict(() -> customer.vision()
                .deleteModel(request -> request.projectName(workshop.project())
                        .modelVersion("2")
                        .clientToken(token)));
        Lifecycle.assertExactly(
                customer,
                arn,
                "ModelStatusChanged TRAINING",
                "ModelStatusChanged TRAINING>TRAINING_FAILED",
                "ModelStatusChanged TRAINING_FAILED>DELETING",
                "ModelDeleted");
    }

    @Test
    @Tag("LV-035")
    void everyOperationRefusesATokenThatIsNone() {
        Workshop workshop = Workshop.open(customer);
        String project = workshop.project();
        workshop.createEmptyDataset("train");
        for (String bad : List.of("a_b", "x".repeat(65))) {
            refused(() ->
                    vision.createProject(request -> request.projectName(project).clientToken(bad)));
            refused(() ->
                    vision.deleteProject(request -> request.projectName(project).clientToken(bad)));
            refused(() -> vision.createDataset(
                    request -> request.projectName(project).datasetType("test").clientToken(bad)));
            refused(() -> vision.deleteDataset(
                    request -> request.projectName(project).datasetType("train").clientToken(bad)));
            refused(() -> update(workshop, bad));
            refused(() -> workshop.askForModel(request -> request.clientToken(bad)));
            refused(() -> vision.deleteModel(
                    request -> request.projectName(project).modelVersion("1").clientToken(bad)));
        }
    }

    private static DatasetStatus update(Workshop workshop, String token) {
        return workshop.customer()
                .vision()
                .updateDatasetEntries(request -> request.projectName(workshop.project())
                        .datasetType("train")
                        .changes(SdkBytes.fromUtf8String(Lines.of("s3://images/new.png", "anomaly")))
                        .clientToken(token))
                .status();
    }

    /** The different answers to a hundred callers who call at the same time. */
    private static <T> List<T> together(Callable<T> call) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> answers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(callers.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
            List<T> all = new ArrayList<>();
            for (Future<T> answer : answers) {
                all.add(answer.get());
            }
            assertThat(all).hasSize(CALLERS);
            return all.stream().distinct().toList();
        } finally {
            callers.shutdownNow();
        }
    }

    private static void assertConflict(ThrowingCallable call) {
        assertThatExceptionOfType(ConflictException.class).isThrownBy(call);
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(ValidationException.class).isThrownBy(call);
    }
}
