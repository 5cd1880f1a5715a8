package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.customer.Clients;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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

    private static final int NORMAL = 12;
    private static final int ANOMALOUS = 6;
    private static final int TEST = 4;

    /** A project with one segmentation model, which is hosted. */
    record WithDefects(HostedProject project) {
        static WithDefects make(Clients clients) {
            HostedProject project = new HostedProject(clients.vision(), clients.s3(), "HostedDefects");
            project.prepare(true);
            project.train();
            project.await(HOSTED, ModelStatus.TRAINED);
            project.start(HOSTED);
            project.await(HOSTED, ModelStatus.HOSTED);
            return new WithDefects(project);
        }
    }

    static HostedProject make(Clients clients) {
        HostedProject project = new HostedProject(clients.vision(), clients.s3(), "HostedProject");
        project.prepare(false);
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
                ? BrushedMetal.png(BrushedMetal.good(1000 + index))
                : BrushedMetal.png(BrushedMetal.stained(1000 + index));
    }

    private void prepare(boolean masks) {
        s3.createBucket(request -> request.bucket(bucket()));
        vision.createProject(request -> request.projectName(name));
        dataset("train", 0, NORMAL, masks ? 2 * ANOMALOUS : ANOMALOUS, masks);
        dataset("test", 1000, TEST, TEST, masks);
    }

    private String bucket() {
        return name.toLowerCase(Locale.ROOT);
    }

    private void train() {
        vision.createModel(request -> request.projectName(name)
                .outputConfig(config ->
                        config.s3Location(location -> location.bucket(bucket()).prefix("evaluations/"))));
    }

    private void dataset(String type, int first, int normal, int anomalous, boolean masks) {
        List<String> lines = IntStream.range(0, normal + anomalous)
                .mapToObj(i -> i < normal
                        ? line(type, i, BrushedMetal.good(first + i), false)
                        : masks ? withMask(type, first + i) : line(type, i, BrushedMetal.stained(first + i), true))
                .toList();
        String key = type + ".manifest";
        put(key, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        vision.createDataset(request -> request.projectName(name)
                .datasetType(type)
                .datasetSource(source -> source.groundTruthManifest(manifest ->
                        manifest.s3Object(object -> object.bucket(bucket()).key(key)))));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(vision.describeDataset(
                                        request -> request.projectName(name).datasetType(type))
                                .datasetDescription()
                                .statusAsString())
                        .isEqualTo("CREATE_COMPLETE"));
    }

    private String line(String type, int number, BufferedImage image, boolean anomalous) {
        String key = type + "/" + number + ".png";
        put(key, BrushedMetal.png(image));
        return manifestLine(bucket(), key, anomalous);
    }

    /** Hexadecimal colours in small letters, as AWS's own manifests have them (specification §5.3). */
    private String withMask(String type, int number) {
        BrushedMetal.Defective defective = BrushedMetal.defective(number);
        String mask = "masks/" + type + "/" + number + ".png";
        put(mask, BrushedMetal.png(defective.mask()));
        return masked(line(type, number, defective.image(), true), "s3://" + bucket() + "/" + mask);
    }

    /** A manifest's line with the address of a mask, in which there may be stains and scratches. */
    static String masked(String line, String mask) {
        return line.substring(0, line.length() - 1)
                + String.format(
                        Locale.ROOT,
                        ",\"anomaly-mask-ref\":\"%s\",\"anomaly-mask-ref-metadata\":{\"internal-color-map\":{"
                                + "\"0\":{\"class-name\":\"BACKGROUND\",\"hex-color\":\"#ffffff\",\"confidence\":0},"
                                + "\"1\":{\"class-name\":\"stain\",\"hex-color\":\"#7ed321\",\"confidence\":0},"
                                + "\"2\":{\"class-name\":\"scratch\",\"hex-color\":\"#4dd8ff\",\"confidence\":0}},"
                                + "\"type\":\"groundtruth/semantic-segmentation\",\"human-annotated\":\"yes\","
                                + "\"creation-date\":\"2026-01-01T00:00:00\",\"job-name\":\"job\"}}",
                        mask);
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
        s3.putObject(request -> request.bucket(bucket()).key(key), RequestBody.fromBytes(bytes));
    }
}
