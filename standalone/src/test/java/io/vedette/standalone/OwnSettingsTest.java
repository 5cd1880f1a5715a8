package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.ServiceProcesses.ServiceProcess;
import io.vedette.standalone.SpanCollector.Span;
import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.stack.Folders;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lookoutvision.model.DetectAnomalyResult;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/**
 * A stack of its own, with what other operators set: a backbone of their own on S3, models that sleep, units that go, a
 * shared Kafka cluster, and trainers that are started for one training each, as Kubernetes does it.
 */
@Tag("stack")
class OwnSettingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static SpanCollector collector;
    private static Path folder;
    private static Stack stack;
    private static Clients clients;
    private static ServiceProcesses services;
    private static List<ServiceProcess> trainers;
    private static HostedProject project;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory("vedette-test-");
        Path software = Path.of("").toAbsolutePath().getParent();
        collector = new SpanCollector();
        Map<String, String> settings = Map.of(
                "VEDETTE_LOG_JSON", "true",
                "VEDETTE_TRACES_ENDPOINT", collector.address(),
                "DJL_CACHE_DIR", software.resolve("standalone/target/djl").toString(),
                "VEDETTE_BACKBONE", "s3://networks/tiny.pt",
                "VEDETTE_IMAGE_SIDE", "96",
                "VEDETTE_VARIATIONS", "3",
                "VEDETTE_KAFKA_TOPIC_PREFIX", "line-2.",
                "VEDETTE_KAFKA_REPLICATION_FACTOR", "1",
                "VEDETTE_INFERENCE_SLEEP_AFTER", "2s",
                "VEDETTE_INFERENCE_SCALE_DOWN_AFTER", "2s");
        StackLayout layout = StackLayout.of(new Home(folder.resolve("home")), Ports.free(), software, settings);
        List<String> parts = new ArrayList<>(RunningStack.PARTS);
        parts.remove("trainer");
        stack = Stack.open(layout, parts, System.out::println);
        stack.bringUp();
        clients = Clients.of(layout.ports(), layout.credentials());
        clients.s3().createBucket(request -> request.bucket("networks"));
        for (String file : List.of("tiny.pt", "tiny.json")) {
            clients.s3()
                    .putObject(request -> request.bucket("networks").key(file), RequestBody.fromBytes(resource(file)));
        }
        services = new ServiceProcesses(layout, folder);
        trainers = List.of(
                services.start("trainer-worker", settings, "--once"),
                services.start("trainer-worker", settings, "--once"));
        for (ServiceProcess trainer : trainers) {
            Awaitility.await()
                    .atMost(HostedProject.PATIENCE)
                    .untilAsserted(() -> assertThat(trainer.health("live")).isEqualTo(200));
            assertThat(trainer.health("ready")).as("nothing is claimed yet").isEqualTo(503);
        }
        project = HostedProject.make(clients);
    }

    @AfterAll
    static void stop() throws IOException {
        clients.close();
        services.close();
        stack.close();
        collector.close();
        Folders.delete(folder);
    }

    @Test
    void oneCreateModelIsOneTraceFromTheCallToTheEvaluation() {
        Awaitility.await().atMost(HostedProject.PATIENCE).untilAsserted(() -> {
            Span call = collector.named("CreateModel").get(0);
            Span published = childOf(call, "publish vedette.training.requested");
            Span training = childOf(published, "claim training");
            // what the trainer says of its run leads on to the evaluator
            Span evaluation = childOf(training, "claim evaluation");
            // the work itself takes long, and is a trace of its own
            assertThat(collector.named("training")).anyMatch(work -> work.isLinkedTo(training));
            assertThat(collector.named("evaluation")).anyMatch(work -> work.isLinkedTo(evaluation));
        });
    }

    private static Span childOf(Span parent, String name) {
        return collector.named(name).stream()
                .filter(span -> span.isChildOf(parent))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " within " + parent));
    }

    @Test
    void logLinesAreJsonAndSayWhichRunModelAndRequestTheyAreAbout() throws IOException {
        for (String part : List.of("api", "trainer", "evaluator", "inference")) {
            assertThat(logLines(part)).isNotEmpty();
            for (String line : logLines(part)) {
                JsonNode read = JSON.readTree(line);
                // a line of the audit log has the fields of CloudTrail
                assertThat(read.path(read.has("eventVersion") ? "eventName" : "level")
                                .asText())
                        .as(line)
                        .isNotEmpty();
            }
        }
        JsonNode trained = logLine("trainer", "finished run=").path("mdc");
        assertThat(trained.path("run").asText()).hasSize(36);
        assertThat(trained.path("model").asText())
                .startsWith("arn:aws:lookoutvision:")
                .contains(project.name());
        assertThat(logLine("api", "started run=").path("mdc").path("model").asText())
                .contains(project.name());
        assertThat(logLine("evaluator", "finished run=")
                        .path("mdc")
                        .path("model")
                        .asText())
                .contains(project.name());
    }

    private static JsonNode logLine(String part, String words) throws IOException {
        for (String line : logLines(part)) {
            JsonNode read = JSON.readTree(line);
            if (read.path("message").asText().contains(words)) {
                return read;
            }
        }
        throw new AssertionError("no line in " + part + "'s log says " + words);
    }

    private static List<String> logLines(String part) throws IOException {
        return part.equals("trainer")
                ? trainers.get(0).said().lines().toList()
                : Files.readAllLines(stack.layout().home().log(part));
    }

    @Test
    void aTrainerThatIsThereForOneTrainingEndsAfterIt() throws Exception {
        for (ServiceProcess trainer : trainers) {
            assertThat(trainer.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(trainer.process().exitValue()).as(trainer.said()).isZero();
            assertThat(trainer.said().lines().filter(line -> line.contains("\"claimed run=")))
                    .as(trainer.said())
                    .hasSize(1);
            assertThat(trainer.said()).contains("computing on the CPU: PyTorch sees no GPU (vedette.device=auto)");
        }
    }

    @Test
    void everyTopicAndGroupHasThePrefix() throws Exception {
        try (Admin kafka = Admin.create(Map.of(
                "bootstrap.servers", "127.0.0.1:" + stack.layout().ports().kafka()))) {
            assertThat(kafka.listTopics().names().get())
                    .hasSizeGreaterThan(6)
                    .allMatch(topic -> topic.startsWith("line-2.vedette."));
            assertThat(kafka.listGroups().all().get())
                    .extracting(GroupListing::groupId)
                    .contains("line-2.vedette.trainers", "line-2.vedette.api.tracking")
                    .allMatch(group -> group.startsWith("line-2.vedette."));
        }
    }

    @Test
    void aModelOnABackboneOfOnesOwnGivesTheScoresOfItsEvaluation() throws Exception {
        OneScoringPathTest.agree(project);
    }

    @Test
    void aModelThatNobodyAsksForSleepsAndTheNextCallWakesIt() {
        DetectAnomalyResult awake = detect();
        Awaitility.await()
                .atMost(HostedProject.PATIENCE)
                .untilAsserted(() -> assertThat(inference()).contains("vedette_inference_models 0.0"));
        assertThat(inference()).noneMatch("vedette_inference_slept_total 0.0"::equals);
        assertThat(project.describe(HostedProject.HOSTED).statusAsString()).isEqualTo("HOSTED");
        assertThat(detect()).isEqualTo(awake);
        assertThat(inference()).contains("vedette_inference_models 1.0");
    }

    @Test
    void unitsComeWithTheCallsAndGoWithThem() throws Exception {
        project.stop(HostedProject.HOSTED);
        project.await(HostedProject.HOSTED, ModelStatus.TRAINED);
        clients.vision()
                .startModel(request -> request.projectName(project.name())
                        .modelVersion(HostedProject.HOSTED)
                        .minInferenceUnits(1)
                        .maxInferenceUnits(3));
        project.await(HostedProject.HOSTED, ModelStatus.HOSTED);
        awaitUnits(1);
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> detectUntil(enough), threads))
                    .toList();
            awaitUnits(3);
            enough.set(true);
            callers.forEach(CompletableFuture::join);
            awaitUnits(1);
            assertThat(detect().isAnomalous()).isTrue();
        } finally {
            enough.set(true);
            threads.shutdown();
        }
    }

    private static void awaitUnits(double desired) {
        Awaitility.await().atMost(HostedProject.PATIENCE).untilAsserted(() -> {
            Metrics metrics = new Metrics(lines("api"));
            assertThat(metrics.sum("MinInferenceUnits", project.name())).isEqualTo(1);
            assertThat(metrics.sum("DesiredInferenceUnits", project.name())).isEqualTo(desired);
            assertThat(metrics.sum("InServiceInferenceUnits", project.name())).isEqualTo(desired);
        });
    }

    private static void detectUntil(AtomicBoolean enough) {
        while (!enough.get()) {
            try {
                detect();
            } catch (LookoutVisionException failure) {
                assertThat(failure.statusCode()).isEqualTo(429);
            }
        }
    }

    private static DetectAnomalyResult detect() {
        return DetectTest.detect(project, HostedProject.HOSTED, "image/png", HostedProject.testImage(5));
    }

    private static List<String> inference() {
        return lines("inference");
    }

    private static List<String> lines(String part) {
        return Metrics.at(RunningStack.of(stack.layout().home()).metrics(part).orElseThrow())
                .lines();
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = OwnSettingsTest.class.getResourceAsStream("/backbone/" + name)) {
            return in.readAllBytes();
        }
    }
}
