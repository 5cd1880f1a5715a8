package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vedette.standalone.customer.Extensions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelHostingStatus;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;
import software.amazon.awssdk.services.lookoutvision.model.ResourceType;
import software.amazon.awssdk.services.lookoutvision.model.StartModelResponse;
import software.amazon.awssdk.services.lookoutvision.model.StopModelResponse;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** StartModel and StopModel (specification §1.6, §3.2). Version 2 of the shared project starts and ends TRAINED. */
@StackTest
class HostingTest {
    private static final String MINE = HostedProject.TRAINED;

    @Test
    @Tag("LV-162")
    @Tag("LV-165")
    @Tag("LV-166")
    @Tag("LV-169")
    @Tag("LV-171")
    void aModelIsStartedAndStopped(HostedProject project) {
        StartModelResponse started = project.vision()
                .startModel(request -> request.projectName(project.name())
                        .modelVersion(MINE)
                        .minInferenceUnits(1)
                        .maxInferenceUnits(3));
        assertThat(started.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(started.status()).isEqualTo(ModelHostingStatus.STARTING_HOSTING);
        project.await(MINE, ModelStatus.HOSTED);
        ModelDescription hosted = project.describe(MINE);
        assertThat(hosted.statusMessage()).isEqualTo("The model is running.");
        assertThat(hosted.minInferenceUnits()).isEqualTo(1);
        assertThat(hosted.maxInferenceUnits()).isEqualTo(3);
        assertThat(hosted.performance()).isNotNull();

        StopModelResponse stopped = project.vision()
                .stopModel(request -> request.projectName(project.name()).modelVersion(MINE));
        assertThat(stopped.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(stopped.status()).isEqualTo(ModelHostingStatus.STOPPING_HOSTING);
        project.await(MINE, ModelStatus.TRAINED);
        ModelDescription again = project.describe(MINE);
        assertThat(again.statusMessage()).isEqualTo("Training completed successfully.");
        assertThat(again.minInferenceUnits()).isNull();
        assertThat(again.evaluationEndTimestamp()).isEqualTo(hosted.evaluationEndTimestamp());
        conflict(() -> project.stop(MINE));
    }

    @Test
    @Tag("LV-163")
    @Tag("LV-164")
    void unitsThatCannotBeAreRefused(HostedProject project) {
        for (Integer[] units : new Integer[][] {{null, null}, {0, null}, {-1, 2}, {2, 1}, {1, 0}}) {
            assertThatExceptionOfType(ValidationException.class)
                    .isThrownBy(() -> project.vision()
                            .startModel(request -> request.projectName(project.name())
                                    .modelVersion(MINE)
                                    .minInferenceUnits(units[0])
                                    .maxInferenceUnits(units[1])));
        }
        assertThat(project.describe(MINE).status()).isEqualTo(ModelStatus.TRAINED);
    }

    @Test
    @Tag("LV-167")
    void onlyATrainedModelIsStarted(HostedProject project, Customer customer) {
        conflict(() -> project.start(HostedProject.HOSTED));
        HostedProject failing = failing(customer);
        conflict(() -> failing.start("1"));
        failing.await("1", ModelStatus.TRAINING_FAILED);
        conflict(() -> failing.start("1"));
        conflict(() -> failing.stop("1"));
    }

    @Test
    @Tag("LV-168")
    @Tag("LV-170")
    void aModelThatIsStillStartingIsStopped(HostedProject project, Customer customer) throws Exception {
        long inference = pid(customer, "inference");
        signal(inference, "STOP"); // so that it cannot be hosted before it is stopped
        try {
            project.start(MINE);
            assertThat(project.describe(MINE).status()).isEqualTo(ModelStatus.STARTING_HOSTING);
            assertThat(project.describe(MINE).statusMessage()).isEqualTo("The model is starting.");
            conflict(() -> project.start(MINE));
            conflict(() -> DetectTest.detect(project, MINE, "image/png", HostedProject.testImage(0)));
            project.stop(MINE);
        } finally {
            signal(inference, "CONT");
        }
        project.await(MINE, ModelStatus.TRAINED);
    }

    @Test
    @Tag("LV-172")
    @Tag("LV-173")
    @Tag("LV-198")
    @Tag("LV-231")
    void theLatestIsTheHighestVersionAndTwoAreHostedAtOnce(HostedProject project) {
        project.start("latest");
        try {
            project.await(MINE, ModelStatus.HOSTED);
            assertThat(DetectTest.detect(project, "latest", "image/png", HostedProject.testImage(7))
                            .isAnomalous())
                    .isTrue();
            List<String> running = new ArrayList<>();
            project.vision()
                    .listProjectsPaginator(request -> {})
                    .projects()
                    .forEach(found -> project.vision()
                            .listModelsPaginator(request -> request.projectName(found.projectName()))
                            .models()
                            .forEach(model -> {
                                if (model.status() == ModelStatus.HOSTED) {
                                    running.add(found.projectName() + "/" + model.modelVersion());
                                }
                            }));
            assertThat(running).contains(project.name() + "/1", project.name() + "/2");
        } finally {
            project.stop("latest");
            project.await(MINE, ModelStatus.TRAINED);
        }
    }

    @Test
    @Tag("LV-029")
    @Tag("LV-030")
    void theSameTokenStartsAndStopsOnce(HostedProject project) {
        String start = UUID.randomUUID().toString();
        String stop = UUID.randomUUID().toString();
        startWith(project, start);
        project.await(MINE, ModelStatus.HOSTED);
        assertThat(startWith(project, start).status()).isEqualTo(ModelHostingStatus.STARTING_HOSTING);
        assertThat(project.describe(MINE).status()).isEqualTo(ModelStatus.HOSTED);
        stopWith(project, stop);
        project.await(MINE, ModelStatus.TRAINED);
        StopModelResponse replayed = stopWith(project, stop);
        assertThat(replayed.status()).isEqualTo(ModelHostingStatus.STOPPING_HOSTING);
        assertThat(replayed.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(project.describe(MINE).status()).isEqualTo(ModelStatus.TRAINED);
    }

    @Test
    void theWorldIsToldOfEachStep(HostedProject project, Customer customer) {
        String arn = project.describe(MINE).modelArn();
        int before = transitions(customer, arn).size();
        project.start(MINE);
        project.await(MINE, ModelStatus.HOSTED);
        project.stop(MINE);
        project.await(MINE, ModelStatus.TRAINED);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<String> all = transitions(customer, arn);
            assertThat(all.subList(before, all.size()))
                    .containsExactly("STARTING_HOSTING", "HOSTED", "STOPPING_HOSTING", "TRAINED");
        });
    }

    @Test
    void unitsChangeWhileTheModelIsHosted(HostedProject project) {
        String path = "/vedette/v1/projects/" + project.name() + "/models/1/inference-units";
        try (Extensions extensions = new Extensions(project.vision())) {
            try {
                assertThat(resize(extensions, path, "{\"MinInferenceUnits\":2,\"MaxInferenceUnits\":4}"))
                        .isEqualTo(200);
                ModelDescription model = project.describe(HostedProject.HOSTED);
                assertThat(model.status()).isEqualTo(ModelStatus.HOSTED);
                assertThat(model.minInferenceUnits()).isEqualTo(2);
                assertThat(model.maxInferenceUnits()).isEqualTo(4);
                assertThat(resize(extensions, path, "{\"MinInferenceUnits\":3,\"MaxInferenceUnits\":2}"))
                        .isEqualTo(400);
                assertThat(resize(extensions, path.replace("/1/", "/2/"), "{\"MinInferenceUnits\":2}"))
                        .isEqualTo(409);
            } finally {
                assertThat(resize(extensions, path, "{\"MinInferenceUnits\":1}"))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    @Tag("LV-177")
    void aHostedModelIsHostedAgainAfterARestart(HostedProject project, Customer customer) {
        long api = pid(customer, "api");
        long inference = pid(customer, "inference");
        ProcessHandle.of(api).orElseThrow().destroyForcibly();
        ProcessHandle.of(inference).orElseThrow().destroyForcibly();
        Awaitility.await().atMost(HostedProject.PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(pid(customer, "api")).isNotEqualTo(api);
            assertThat(pid(customer, "inference")).isNotEqualTo(inference);
            assertThat(project.describe(HostedProject.HOSTED).status()).isEqualTo(ModelStatus.HOSTED);
            assertThat(DetectTest.detect(project, HostedProject.HOSTED, "image/png", HostedProject.testImage(6))
                            .isAnomalous())
                    .isTrue();
        });
    }

    private static StartModelResponse startWith(HostedProject project, String token) {
        return project.vision()
                .startModel(request -> request.projectName(project.name())
                        .modelVersion(MINE)
                        .minInferenceUnits(1)
                        .clientToken(token));
    }

    private static StopModelResponse stopWith(HostedProject project, String token) {
        return project.vision()
                .stopModel(request ->
                        request.projectName(project.name()).modelVersion(MINE).clientToken(token));
    }

    private static int resize(Extensions extensions, String path, String json) {
        return extensions
                .send(SdkHttpMethod.PUT, path, Map.of(), "application/json", json.getBytes(StandardCharsets.UTF_8))
                .status();
    }

    private static void conflict(Runnable call) {
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(call::run)
                .satisfies(conflict -> assertThat(conflict.resourceType()).isEqualTo(ResourceType.MODEL));
    }

    /** A project whose one model is in training and can only fail: its images are of two sizes. */
    private static HostedProject failing(Customer customer) {
        HostedProject project = new HostedProject(customer.vision(), customer.s3(), customer.project());
        customer.vision().createProject(request -> request.projectName(project.name()));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            String key = i + ".png";
            byte[] image = BrushedMetal.png(BrushedMetal.metal(new java.util.Random(i), i == 5 ? 96 : 64));
            customer.s3()
                    .putObject(request -> request.bucket(customer.bucket()).key(key), RequestBody.fromBytes(image));
            lines.append(HostedProject.manifestLine(customer.bucket(), key, i >= 20))
                    .append('\n');
        }
        customer.s3()
                .putObject(
                        request -> request.bucket(customer.bucket()).key("manifest"),
                        RequestBody.fromString(lines.toString()));
        customer.vision()
                .createDataset(request -> request.projectName(project.name())
                        .datasetType("train")
                        .datasetSource(source -> source.groundTruthManifest(manifest -> manifest.s3Object(
                                object -> object.bucket(customer.bucket()).key("manifest")))));
        Awaitility.await()
                .atMost(HostedProject.PATIENCE)
                .untilAsserted(() -> assertThat(customer.vision()
                                .describeDataset(request ->
                                        request.projectName(project.name()).datasetType("train"))
                                .datasetDescription()
                                .statusAsString())
                        .isEqualTo("CREATE_COMPLETE"));
        customer.vision()
                .createModel(request -> request.projectName(project.name())
                        .outputConfig(config -> config.s3Location(location -> location.bucket(customer.bucket()))));
        return project;
    }

    private static long pid(Customer customer, String part) {
        return customer.stack().parts().stream()
                .filter(state -> state.name().equals(part))
                .findFirst()
                .orElseThrow()
                .pid()
                .orElseThrow();
    }

    private static void signal(long pid, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    /** The states a model went to, in their order: all are on one partition, having one key. */
    private static List<String> transitions(Customer customer, String arn) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", customer.stack().address("kafka").orElseThrow(), "enable.auto.commit", "false");
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor("vedette.lifecycle").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
                    if (arn.equals(record.key())) {
                        found.add(record.value().replaceAll(".*\"status\":\"([A-Z_]*)\".*", "$1"));
                    }
                }
            }
        }
        return found;
    }
}
