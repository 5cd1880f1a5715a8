package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.common.event.Topic;
import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.stack.Folders;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.RunningStack.PartState;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;

/** The api with its database, broker and store, and not one worker: what it does by itself while something is away. */
@Tag("stack")
class ApiAloneTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Path folder;
    private static Home home;
    private static Stack stack;
    private static Clients clients;
    private static RunningStack running;
    private static Database database;
    private static BrokerTopics topics;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("vedette-test-");
        Path software = Path.of("").toAbsolutePath().getParent();
        Map<String, String> settings =
                Map.of("VEDETTE_TICK", "500ms", "VEDETTE_LOST_DISPATCH", "2s", "_JAVA_OPTIONS", "-Xmx128m");
        home = new Home(folder.resolve("home"));
        StackLayout layout = StackLayout.of(home, Ports.free(), software, settings);
        stack = Stack.open(layout, List.of("postgres", "kafka", "s3", "api"), System.out::println);
        stack.bringUp();
        clients = Clients.of(layout.ports(), layout.credentials());
        running = RunningStack.of(home);
        database = new Database(layout);
        topics = new BrokerTopics(running.address("kafka").orElseThrow());
    }

    @AfterAll
    static void stop() throws IOException {
        clients.close();
        stack.close();
        Folders.delete(folder);
    }

    @Test
    void requestsWhoseTopicWasMadeAnewAreMadeAgain() throws Exception {
        // Given
        Workshop workshop = asked("made-anew");
        awaitPublished(Topic.TRAINING_REQUESTED);
        // When
        topics.recreate(Topic.TRAINING_REQUESTED);
        // Then
        JsonNode progress = await().atMost(PATIENCE)
                .until(
                        () -> get(workshop, "1/progress"),
                        it -> it.get("Attempt").asInt() > 1);
        assertThat(progress.get("Phase").asText()).isEqualTo("QUEUED");
        assertThat(progress.get("LostAttempts").asInt()).isZero();
        assertThat(progress.get("InterruptedAttempts").asInt()).isPositive();
        assertThat(get(workshop, "1/history").get("Transitions"))
                .anySatisfy(step -> assertThat(step.get("Cause").asText())
                        .isEqualTo("The request was taken from its topic or went with it, and nobody has begun."));
        awaitPublished(Topic.TRAINING_REQUESTED);
        assertThat(get(workshop, "1/progress").get("StatusMessage").asText())
                .startsWith("The model is being trained. This is attempt ")
                .contains(", after its request was lost. It is queued at about position ");
    }

    @Test
    void theRequestOfABatchWhoseTopicWasMadeAnewIsMadeAgain() throws Exception {
        // Given
        Workshop workshop = asked("batch-made-anew");
        database.execute("update model set status = 'TRAINED', phase = null, training_run_id = gen_random_uuid(),"
                + " artifact = 'none', training_images = 30 where project_name = '" + workshop.project()
                + "'"); // as if it had been trained
        HostedProject project = new HostedProject(clients.vision(), clients.s3(), workshop.project());
        Batches batches = Batches.of(workshop.customer(), project, "1");
        workshop.manifest("batch.manifest", List.of("{\"source-ref\":\"" + workshop.address("1.png") + "\"}"));
        JsonNode batch = batches.start(batches.ofManifest("batch.manifest"));
        awaitPublished(Topic.BATCH_REQUESTED);
        // When
        topics.recreate(Topic.BATCH_REQUESTED);
        // Then
        JsonNode again = batches.until(batch, now -> now.get("Attempt").asInt() > 1);
        assertThat(Batches.status(again)).isEqualTo("QUEUED");
        awaitPublished(Topic.BATCH_REQUESTED);
        batches.stop(batch);
    }

    @Test
    void runEventsWhoseTopicWasMadeAnewAreHeard() throws Exception {
        long applied = database.number("select next_offset from lease_clock where cast(id as text) = ?", "1");
        assertThat(applied).isPositive();
        // When
        topics.recreate(Topic.RUN_EVENTS);
        // Then
        long after = leaseTime();
        await().atMost(PATIENCE).until(() -> leaseTime() > after + 2_000);
    }

    @Test
    void aTopicThatIsGoneKeepsNothingElseFromBeingPublished() throws Exception {
        // Given
        topics.delete(Topic.BATCH_REQUESTED);
        write(Topic.BATCH_REQUESTED, 501); // more than a batch has
        await().atMost(PATIENCE).until(() -> Files.readString(home.log("api")).contains("waiting relay=outbox"));
        // When
        write(Topic.LIFECYCLE, 1);
        // Then
        awaitPublished(Topic.LIFECYCLE);
        assertThat(unpublished(Topic.BATCH_REQUESTED)).isEqualTo(501);
        topics.create(Topic.BATCH_REQUESTED);
        awaitPublished(Topic.BATCH_REQUESTED);
    }

    @Test
    void withABrokerThatHangsItIsReadyAndTakesOnModels() throws Exception {
        // Given
        Workshop workshop = prepared("broker-hangs");
        long kafka = part("kafka").pid().orElseThrow();
        signal("STOP", kafka);
        try {
            // When
            for (int i = 0; i < 3; i++) {
                workshop.askForModel();
            }
            // Then
            assertThat(workshop.models())
                    .hasSize(3)
                    .allMatch(it -> it.statusAsString().equals("TRAINING"));
            assertThat(part("api").healthy()).as("ready").isTrue();
            assertThat(health("/health/live")).as("alive").contains("\"status\": \"UP\"");
            assertThat(unpublished(Topic.TRAINING_REQUESTED)).isEqualTo(3);
        } finally {
            signal("CONT", kafka);
        }
        awaitPublished(Topic.TRAINING_REQUESTED);
    }

    @Test
    void theLargestDataSetsFitIntoAThirdOfTheHeap() throws IOException {
        // Given
        long api = part("api").pid().orElseThrow();
        clients.s3().createBucket(request -> request.bucket("largest"));
        Workshop workshop = Workshop.open(new Customer(clients.vision(), clients.s3(), "largest", "largest", running));
        // When
        workshop.dataset("train", Lines.many("largest", "normal", 0, 16_000));
        List<String> test = new ArrayList<>(Lines.many("largest", "normal", 16_000, 18_000));
        test.addAll(Lines.many("largest", "anomaly", 0, 2_000));
        workshop.dataset("test", test);
        workshop.askForModel();
        // Then
        assertThat(workshop.describe("train").imageStats().total()).isEqualTo(16_000);
        assertThat(workshop.describe("test").imageStats().total()).isEqualTo(4_000);
        assertThat(workshop.model("1").statusAsString()).isEqualTo("TRAINING");
        assertThat(part("api").pid()).as("the same process").contains(api);
        System.out.println("LARGEST api with a heap of 128 MB: "
                + Files.readAllLines(Path.of("/proc", Long.toString(api), "status")).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void callersOfASlowDatabaseDoNotStarveRelayAndWatchdog() throws Exception {
        // Given
        prepared("slow-database");
        long before = leaseTime();
        try (Crowding crowd = new Crowding(clients, "slow-database", 200);
                Database.Lock tables = database.lock("project")) {
            crowd.start();
            await().atMost(PATIENCE).until(() -> crowd.answers(429) > 20);
            // When
            write(Topic.LIFECYCLE, 1);
            // Then
            awaitPublished(Topic.LIFECYCLE);
            long during = leaseTime();
            assertThat(during).isGreaterThan(before);
            await().atMost(PATIENCE).until(() -> leaseTime() > during);
            assertThat(part("api").healthy()).as("ready").isTrue();
            assertThat(crowd.answers(200)).isZero();
            tables.release();
            await().atMost(PATIENCE).until(() -> crowd.answers(200) > 20);
            assertThat(crowd.others()).isEmpty();
            assertThat(crowd.withoutRetryAfter()).isZero();
        }
    }

    @Test
    void anApiThatIsEndedEndsItsFeedsAndAnswersTheCallsThatItHas() throws Exception {
        // Given
        prepared("ended");
        PartState before = part("api");
        try (Extensions http = new Extensions(clients.vision());
                InputStream feed = http.open("/vedette/v1/events");
                Crowding crowd = new Crowding(clients, "ended", 8);
                Database.Lock tables = database.lock("project")) {
            crowd.startOnce();
            await().atMost(PATIENCE)
                    .until(() ->
                            database.number("select count(*) from pg_stat_activity where wait_event_type = ?", "Lock")
                                    >= 8);
            // When
            signal("TERM", before.pid().orElseThrow());
            assertThat(feed.readAllBytes()).as("a feed, to its end").isNotEmpty();
            assertThat(crowd.answers(200)).isZero();
            tables.release();
            // Then
            await().atMost(PATIENCE)
                    .until(() -> crowd.answers(200) + crowd.others().size() == 8);
            assertThat(crowd.others()).isEmpty();
        }
        await().atMost(PATIENCE)
                .until(() ->
                        !part("api").pid().equals(before.pid()) && part("api").healthy());
    }

    private static Workshop asked(String name) {
        Workshop workshop = prepared(name);
        workshop.askForModel();
        return workshop;
    }

    private static Workshop prepared(String name) {
        clients.s3().createBucket(request -> request.bucket(name));
        Workshop workshop = Workshop.open(new Customer(clients.vision(), clients.s3(), name, name, running));
        List<String> lines = new ArrayList<>(Lines.many(name, "normal", 0, 20));
        lines.addAll(Lines.many(name, "anomaly", 0, 10));
        workshop.dataset("train", lines);
        return workshop;
    }

    private static JsonNode get(Workshop workshop, String what) {
        try (Extensions http = new Extensions(clients.vision())) {
            String path = "projects/" + workshop.project() + "/models/" + what;
            return http.call(SdkHttpMethod.GET, path, null);
        }
    }

    /** Events, each with a key of its own. */
    private static void write(Topic topic, int events) {
        database.execute("insert into outbox (event_id, topic, key, type, subject, data, created_at)"
                + " select gen_random_uuid(), '" + topic.suffix()
                + "', 'key-' || i, 'io.vedette.Test', 'key-' || i, '{}',"
                + " now() from generate_series(1, " + events + ") i");
    }

    private static void awaitPublished(Topic topic) {
        await().atMost(PATIENCE).until(() -> unpublished(topic) == 0);
    }

    private static long unpublished(Topic topic) {
        return database.number("select count(*) from outbox where published_at is null and topic = ?", topic.suffix());
    }

    private static long leaseTime() {
        return database.number("select elapsed from lease_clock where cast(id as text) = ?", "1");
    }

    private static String health(String path) {
        return String.join(
                "\n", Metrics.at(part("api").management().orElseThrow() + path).lines());
    }

    private static PartState part(String name) {
        return running.parts().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
