package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.customer.Clients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A project for all tests that detect: version 1 is trained and hosted, and stays so; version 2 is trained, and whoever
 * hosts it stops it again.
 */
record HostedProject(LookoutVisionClient vision, S3Client s3, String name) {
    static final String HOSTED = "1";
    static final String TRAINED = "2";
    static final Duration PATIENCE = Duration.ofSeconds(120);
    static final String BUCKET = "hosted-project";

    private static final int NORMAL = 12;
    private static final int ANOMALOUS = 6;
    private static final int TEST = 4;

    static HostedProject make(Clients clients) {
        HostedProject project = new HostedProject(clients.vision(), clients.s3(), "HostedProject");
        project.s3.createBucket(request -> request.bucket(BUCKET));
        project.vision.createProject(request -> request.projectName(project.name));
        project.dataset("train", 0, NORMAL, ANOMALOUS);
        project.dataset("test", 1000, TEST, TEST);
        project.train();
        project.train();
        project.await(HOSTED, ModelStatus.TRAINED);
        project.await(TRAINED, ModelStatus.TRAINED);
        project.start(HOSTED);
        project.await(HOSTED, ModelStatus.HOSTED);
        return project;
    }

    ModelDescription describe(String version) {
        return vision.describeModel(request -> request.projectName(name).modelVersion(version))
                .modelDescription();
    }

    void start(String version) {
        vision.startModel(
                request -> request.projectName(name).modelVersion(version).minInferenceUnits(1));
    }

    void stop(String version) {
        vision.stopModel(request -> request.projectName(name).modelVersion(version));
    }

    void await(String version, ModelStatus status) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(describe(version).status()).isEqualTo(status));
    }

    /** Addresses of the test images, the anomalous ones last, with what was put there. */
    static byte[] testImage(int index) {
        return index < TEST
                ? Photographs.png(Photographs.good(1000 + index))
                : Photographs.png(Photographs.stained(1000 + index));
    }

    private void train() {
        vision.createModel(request -> request.projectName(name)
                .outputConfig(config ->
                        config.s3Location(location -> location.bucket(BUCKET).prefix("evaluations/"))));
    }

    private void dataset(String type, int first, int normal, int anomalous) {
        List<String> lines = Stream.concat(
                        IntStream.range(0, normal)
                                .mapToObj(i -> line(type, i, Photographs.png(Photographs.good(first + i)), false)),
                        IntStream.range(normal, normal + anomalous)
                                .mapToObj(i -> line(type, i, Photographs.png(Photographs.stained(first + i)), true)))
                .toList();
        String key = type + ".manifest";
        put(key, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        vision.createDataset(request -> request.projectName(name)
                .datasetType(type)
                .datasetSource(source -> source.groundTruthManifest(manifest ->
                        manifest.s3Object(object -> object.bucket(BUCKET).key(key)))));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(vision.describeDataset(
                                        request -> request.projectName(name).datasetType(type))
                                .datasetDescription()
                                .statusAsString())
                        .isEqualTo("CREATE_COMPLETE"));
    }

    private String line(String type, int number, byte[] image, boolean anomalous) {
        String key = type + "/" + number + ".png";
        put(key, image);
        return manifestLine(BUCKET, key, anomalous);
    }

    static String manifestLine(String bucket, String key, boolean anomalous) {
        return String.format(
                Locale.ROOT,
                "{\"source-ref\":\"s3://%s/%s\",\"anomaly-label\":%d,\"anomaly-label-metadata\":{\"class-name\":\"%s\","
                        + "\"confidence\":1,\"type\":\"groundtruth/image-classification\",\"human-annotated\":\"yes\","
                        + "\"creation-date\":\"2026-01-01T00:00:00\",\"job-name\":\"job\"}}",
                bucket,
                key,
                anomalous ? 1 : 0,
                anomalous ? "anomaly" : "normal");
    }

    private void put(String key, byte[] bytes) {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
    }
}
