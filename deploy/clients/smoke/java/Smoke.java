import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.DatasetImageStats;
import software.amazon.awssdk.services.lookoutvision.model.DetectAnomalyResult;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.OutputS3Object;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.Tag;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The whole life of a project with the AWS SDK for Java 2.36.2. Wants what .vedette/env sets. Prints PASS.
 * Run by smoke/java.sh, from its source.
 */
public final class Smoke {
    private final String name = "smoke-java-" + UUID.randomUUID().toString().substring(0, 12);
    // The endpoints, the region and the credentials come from the environment. The JDK's own client knows no PATCH.
    private final LookoutVisionClient vision = LookoutVisionClient.builder()
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_LOOKOUTVISION")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();
    private final S3Client s3 = S3Client.builder()
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_S3")))
            .forcePathStyle(true)
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();

    public static void main(String[] args) throws Exception {
        new Smoke().run(Path.of(args[0]));
        System.out.println("PASS");
    }

    private void run(Path images) throws Exception {
        say("images and manifests");
        s3.createBucket(request -> request.bucket(name));
        upload(images);
        say("create");
        create();
        say("datasets");
        List.of("train", "test").forEach(this::dataset);
        check(vision.listDatasetEntriesPaginator(request ->
                                request.projectName(name).datasetType("train").labeled(true).maxResults(3))
                        .datasetEntries().stream().count() == 20, "20 entries");
        say("train");
        ModelMetadata model = train();
        say("list");
        check(vision.listModelsPaginator(request -> request.projectName(name)).models().stream().count() == 1, "1 model");
        OutputS3Object result = vision.describeModel(request -> request.projectName(name).modelVersion("latest"))
                .modelDescription().evaluationResult();
        String text = s3.getObjectAsBytes(request -> request.bucket(result.bucket()).key(result.key())).asUtf8String();
        check(text.contains("AggregatedEvaluationResults"), "evaluation");
        say("tag");
        tag(model.modelArn());
        say("host");
        host();
        say("delete");
        delete();
    }

    private void upload(Path images) throws Exception {
        Path folder = Files.createTempDirectory("smoke-");
        Process made = new ProcessBuilder("python3", images.toString(), folder.toString(), name).inheritIO().start();
        check(made.waitFor() == 0, images.toString());
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> s3.putObject(
                    request -> request.bucket(name).key(folder.relativize(file).toString()), RequestBody.fromFile(file)));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private void create() {
        String arn = vision.createProject(request -> request.projectName(name)).projectMetadata().projectArn();
        check(arn.endsWith(":project/" + name), arn);
        try {
            vision.createProject(request -> request.projectName(name));
            throw new AssertionError("the same name twice");
        } catch (ConflictException conflict) {
            check(conflict.resourceType() == ResourceType.PROJECT, conflict.toString());
        }
        check(vision.listProjectsPaginator(request -> request.maxResults(2)).projects().stream()
                .anyMatch(project -> project.projectName().equals(name)), "listed");
    }

    private void dataset(String type) {
        vision.createDataset(request -> request.projectName(name).datasetType(type)
                .datasetSource(source -> source.groundTruthManifest(manifest ->
                        manifest.s3Object(object -> object.bucket(name).key(type + ".manifest")))));
        await(Duration.ofMinutes(2), "CREATE_COMPLETE", () -> vision.describeDataset(
                request -> request.projectName(name).datasetType(type)).datasetDescription().statusAsString());
        DatasetImageStats images = vision.describeDataset(request -> request.projectName(name).datasetType(type))
                .datasetDescription().imageStats();
        check(images.total() == 20 && images.normal() == 10 && images.anomaly() == 10, images.toString());
    }

    private ModelMetadata train() {
        ModelMetadata model = vision.createModel(request -> request.projectName(name)
                .outputConfig(output -> output.s3Location(location -> location.bucket(name).prefix("out/")))
                .tags(Tag.builder().key("team").value("blue").build())).modelMetadata();
        check(model.modelVersion().equals("1"), model.toString());
        await(Duration.ofMinutes(15), "TRAINED", this::status);
        return model;
    }

    private void tag(String arn) {
        vision.tagResource(request -> request.resourceArn(arn).tags(Tag.builder().key("stage").value("test").build()));
        vision.untagResource(request -> request.resourceArn(arn).tagKeys("team"));
        List<Tag> tags = vision.listTagsForResource(request -> request.resourceArn(arn)).tags();
        check(tags.equals(List.of(Tag.builder().key("stage").value("test").build())), tags.toString());
    }

    private void host() {
        vision.startModel(request -> request.projectName(name).modelVersion("1").minInferenceUnits(1));
        await(Duration.ofMinutes(2), "HOSTED", this::status);
        check(!detect("test/00.png").isAnomalous(), "test/00.png is normal");
        check(detect("test/01.png").isAnomalous(), "test/01.png is anomalous");
        try {
            detect("test.manifest");
            throw new AssertionError("no image, and no refusal");
        } catch (ValidationException refused) {
            check(refused.statusCode() == 400, refused.toString());
        }
        vision.stopModel(request -> request.projectName(name).modelVersion("1"));
        await(Duration.ofMinutes(2), "TRAINED", this::status);
    }

    private DetectAnomalyResult detect(String key) {
        byte[] photograph = s3.getObjectAsBytes(request -> request.bucket(name).key(key)).asByteArray();
        return vision.detectAnomalies(
                request -> request.projectName(name).modelVersion("1").contentType("image/png"),
                RequestBody.fromBytes(photograph)).detectAnomalyResult();
    }

    private String status() {
        return vision.describeModel(request -> request.projectName(name).modelVersion("1"))
                .modelDescription().statusAsString();
    }

    private void delete() {
        vision.deleteModel(request -> request.projectName(name).modelVersion("1"));
        await(Duration.ofMinutes(2), "0", () -> Integer.toString(
                vision.listModels(request -> request.projectName(name)).models().size()));
        vision.deleteDataset(request -> request.projectName(name).datasetType("test"));
        vision.deleteDataset(request -> request.projectName(name).datasetType("train"));
        vision.deleteProject(request -> request.projectName(name));
        try {
            vision.describeProject(request -> request.projectName(name));
            throw new AssertionError("still there");
        } catch (ResourceNotFoundException gone) {
            check(gone.resourceId().equals(name), gone.toString());
        }
        s3.listObjectsV2Paginator(request -> request.bucket(name)).contents()
                .forEach(object -> s3.deleteObject(request -> request.bucket(name).key(object.key())));
        s3.deleteBucket(request -> request.bucket(name));
    }

    private static void await(Duration most, String wanted, Supplier<String> ask) {
        Instant until = Instant.now().plus(most);
        for (String got = ask.get(); !got.equals(wanted); got = ask.get()) {
            check(!got.contains("FAILED") && Instant.now().isBefore(until), got + " instead of " + wanted);
            try {
                Thread.sleep(2000);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private static void check(boolean right, String what) {
        if (!right) {
            throw new AssertionError(what);
        }
    }

    private static void say(String step) {
        System.err.println("java: " + step);
    }
}
