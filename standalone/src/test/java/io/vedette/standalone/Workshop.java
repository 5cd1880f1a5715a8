package io.vedette.standalone;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lookoutvision.model.CreateDatasetRequest;
import software.amazon.awssdk.services.lookoutvision.model.CreateModelRequest;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.DatasetImageStats;
import software.amazon.awssdk.services.lookoutvision.model.DatasetMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;
import software.amazon.awssdk.services.lookoutvision.model.ProjectMetadata;

/** What a customer does with one project, as most programs do it: ask, then look until it is done. */
public record Workshop(Customer customer, String project) {
    private static final Duration IMPORT = Duration.ofSeconds(60);
    private static final Duration TRAINING = Duration.ofMinutes(4);

    /** The customer's own project, which is made here. */
    public static Workshop open(Customer customer) {
        Workshop workshop = new Workshop(customer, customer.project());
        workshop.createProject();
        return workshop;
    }

    public ProjectMetadata createProject() {
        return customer.vision()
                .createProject(request -> request.projectName(project))
                .projectMetadata();
    }

    public String bucket() {
        return customer.bucket();
    }

    public String address(String key) {
        return "s3://" + bucket() + "/" + key;
    }

    public void put(String key, byte[] bytes) {
        customer.s3().putObject(request -> request.bucket(bucket()).key(key), RequestBody.fromBytes(bytes));
    }

    public String read(String bucket, String key) {
        return customer.s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asUtf8String();
    }

    /** Uploads photographs, and tells their lines. */
    public List<String> photographs(String folder, int normals, int anomalies) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < normals + anomalies; i++) {
            String key = folder + "/" + i + ".png";
            put(key, Photographs.png(folder.hashCode() + i, i >= normals));
            lines.add(Lines.of(address(key), i < normals ? "normal" : "anomaly"));
        }
        return lines;
    }

    /** @param key what the manifest will be called */
    public void manifest(String key, List<String> lines) {
        put(key, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** Asks for a data set with these lines; does not wait. */
    public DatasetMetadata ask(String type, List<String> lines) {
        String key = "manifests/" + type + ".manifest";
        manifest(key, lines);
        return createDataset(type, bucket(), key);
    }

    public DatasetMetadata createDataset(String type, String bucket, String key) {
        return customer.vision()
                .createDataset(
                        request -> fromManifest(request.projectName(project).datasetType(type), bucket, key))
                .datasetMetadata();
    }

    public static void fromManifest(CreateDatasetRequest.Builder request, String bucket, String key) {
        request.datasetSource(source -> source.groundTruthManifest(
                manifest -> manifest.s3Object(object -> object.bucket(bucket).key(key))));
    }

    public DatasetMetadata createEmptyDataset(String type) {
        return customer.vision()
                .createDataset(request -> request.projectName(project).datasetType(type))
                .datasetMetadata();
    }

    /** The data set with these lines, once its import has ended in whatever way. */
    public DatasetDescription dataset(String type, List<String> lines) {
        ask(type, lines);
        return settled(type);
    }

    public DatasetDescription describe(String type) {
        return customer.vision()
                .describeDataset(request -> request.projectName(project).datasetType(type))
                .datasetDescription();
    }

    public DatasetDescription settled(String type) {
        return await().atMost(IMPORT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> describe(type),
                        dataset -> !dataset.statusAsString().endsWith("IN_PROGRESS"));
    }

    public DatasetDescription update(String type, String... lines) {
        customer.vision()
                .updateDatasetEntries(request -> request.projectName(project)
                        .datasetType(type)
                        .changes(SdkBytes.fromUtf8String(String.join("\n", lines))));
        return settled(type);
    }

    public void deleteDataset(String type) {
        customer.vision().deleteDataset(request -> request.projectName(project).datasetType(type));
    }

    public List<String> entries(String type) {
        return customer
                .vision()
                .listDatasetEntriesPaginator(
                        request -> request.projectName(project).datasetType(type))
                .datasetEntries()
                .stream()
                .toList();
    }

    /** Asks for a model whose evaluation goes to the customer's bucket; does not wait. */
    public ModelMetadata askForModel(Consumer<CreateModelRequest.Builder> more) {
        return customer.vision()
                .createModel(request -> {
                    request.projectName(project)
                            .outputConfig(output -> output.s3Location(location -> location.bucket(bucket())));
                    more.accept(request);
                })
                .modelMetadata();
    }

    public ModelMetadata askForModel() {
        return askForModel(request -> {});
    }

    public ModelDescription model(String version) {
        return customer.vision()
                .describeModel(request -> request.projectName(project).modelVersion(version))
                .modelDescription();
    }

    /** The model once it is trained, or has failed to. */
    public ModelDescription trained(String version) {
        return await().atMost(TRAINING)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> model(version), model -> model.status() != ModelStatus.TRAINING);
    }

    public List<ModelMetadata> models() {
        return customer.vision().listModelsPaginator(request -> request.projectName(project)).models().stream()
                .toList();
    }

    public void deleteModel(String version) {
        customer.vision().deleteModel(request -> request.projectName(project).modelVersion(version));
        untilGone(version);
    }

    public void untilGone(String version) {
        await().atMost(IMPORT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> models().stream()
                        .noneMatch(model -> model.modelVersion().equals(version)));
    }

    public static DatasetImageStats stats(int total, int normal, int anomaly) {
        return DatasetImageStats.builder()
                .total(total)
                .labeled(normal + anomaly)
                .normal(normal)
                .anomaly(anomaly)
                .build();
    }
}
