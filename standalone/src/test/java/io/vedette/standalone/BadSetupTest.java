package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.ServiceProcesses.ServiceProcess;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A service that was set up wrongly says in one line what is wrong and how to mend it, and works at nothing. */
@StackTest
@Isolated
@Tag("fault") // some minutes, for it starts each service again and again: with -Pfaults
class BadSetupTest {
    private static final String NOBODY = "127.0.0.1:1";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private StackLayout stack;
    private ServiceProcesses services;

    @BeforeEach
    void on(StackLayout shared) {
        stack = shared;
        services = new ServiceProcesses(shared, folder);
    }

    @AfterEach
    void end() {
        services.close();
    }

    @Test
    void anApiWithoutItsDatabaseEnds() throws Exception {
        ServiceProcess nowhere =
                start("api-service", Map.of("VEDETTE_POSTGRES_URL", "jdbc:postgresql://" + NOBODY + "/vedette"));
        ServiceProcess stranger = start("api-service", Map.of("VEDETTE_POSTGRES_PASSWORD", "wrong"));
        endsWith(nowhere, "Postgres at jdbc:postgresql://" + NOBODY, "vedette.postgres.url", "does not answer", "Mend");
        endsWith(stranger, "refused the user vedette", "Mend", "vedette.postgres.password");
    }

    @Test
    void anApiWithASchemaOfALaterVersionEndsButAnOlderOneThatWillDoIsTaken() throws Exception {
        Database database = new Database(stack);
        database.execute("create database later");
        String url = database("later");
        ServiceProcess first = start("api-service", Map.of("VEDETTE_POSTGRES_URL", url));
        await(() -> assertThat(first.health("ready")).isEqualTo(200));
        first.process().destroyForcibly().waitFor();
        database.in("later")
                .execute(
                        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
                                + " installed_by, execution_time, success) values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 'x', 1, true)");
        // one that only adds: the version before runs on
        ServiceProcess rolledBack = start("api-service", Map.of("VEDETTE_POSTGRES_URL", url));
        await(() -> assertThat(rolledBack.health("ready")).isEqualTo(200));
        rolledBack.process().destroyForcibly().waitFor();
        // one that has taken something away
        database.in("later").execute("update schema_floor set oldest = 9999");
        endsWith(
                start("api-service", Map.of("VEDETTE_POSTGRES_URL", url)),
                "too new",
                "9999",
                "newer version of Vedette");
    }

    @Test
    void settingsThatCannotBeUsedEndTheStart() throws Exception {
        ServiceProcess keyless = start("api-service", Map.of("VEDETTE_SECRETS_KEY", ""));
        ServiceProcess secretless = start("inference-service", Map.of("VEDETTE_INFERENCE_SECRET", ""));
        ServiceProcess soon = start("trainer-worker", Map.of("VEDETTE_HEARTBEAT", "soon"));
        endsWith(keyless, "vedette.secrets.key is missing", "openssl rand -base64 32");
        endsWith(secretless, "vedette.inference.secret");
        endsWith(soon, "vedette.heartbeat", "soon");
    }

    @Test
    void anApiWithoutKafkaOrItsBucketIsNotReady() throws Exception {
        ServiceProcess api = start(
                "api-service",
                Map.of("VEDETTE_KAFKA_BOOTSTRAP_SERVERS", NOBODY, "VEDETTE_S3_SECRET_ACCESS_KEY", "wrong"));
        waits(api, "Access to the bucket vedette", "was denied", "Mend vedette.s3.access-key-id");
        waits(api, "Kafka at " + NOBODY, "vedette.kafka.bootstrap-servers", "does not answer", "Mend");
    }

    @Test
    void workersWithoutWhatTheyNeedClaimNothing() throws Exception {
        try (OldBroker old = new OldBroker()) {
            ServiceProcess aged = start("trainer-worker", Map.of("VEDETTE_KAFKA_BOOTSTRAP_SERVERS", old.address()));
            ServiceProcess bucketless = start("trainer-worker", Map.of("VEDETTE_S3_BUCKET", "nowhere"));
            new Database(stack).execute("create database empty");
            ServiceProcess unmigrated = start("evaluator-worker", Map.of("VEDETTE_POSTGRES_URL", database("empty")));
            waits(aged, "Kafka at " + old.address(), "too old", "needs Apache Kafka 2.4 or later");
            waits(bucketless, "There is no bucket nowhere", "vedette.s3.bucket");
            waits(unmigrated, "lacks", "V110__observability.sql", "Start an api-service of this version");
        }
    }

    @Test
    void anEvaluatorThatTheDatabaseRefusesAndAnInferenceServiceWithoutItsStoreAreNotReady() throws Exception {
        ServiceProcess stranger = start("evaluator-worker", Map.of("VEDETTE_POSTGRES_PASSWORD", "wrong"));
        ServiceProcess storeless = start("inference-service", Map.of("VEDETTE_S3_ENDPOINT", "http://" + NOBODY));
        waits(stranger, "refused the user vedette", "Mend", "vedette.postgres.password");
        waits(storeless, "The object store does not answer", "Mend vedette.s3.endpoint");
    }

    private ServiceProcess start(String module, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(stack.overrides());
        all.putAll(Map.of(
                "VEDETTE_LOG_JSON", "false", // as people read it
                "VEDETTE_API_PORT", Integer.toString(Ports.free().api()),
                "VEDETTE_SECRETS_KEY", stack.credentials().secretsKey(),
                "VEDETTE_POSTGRES_URL", database("vedette"),
                "VEDETTE_POSTGRES_PASSWORD", stack.credentials().postgresPassword(),
                // nobody's work is taken from him
                "VEDETTE_KAFKA_TOPIC_PREFIX", "bad-setup."));
        all.putAll(settings);
        return services.start(module, all);
    }

    private String database(String name) {
        return "jdbc:postgresql://127.0.0.1:" + stack.ports().postgres() + "/" + name;
    }

    /** It has ended, and all that it complained of is one line. */
    private static void endsWith(ServiceProcess service, String... words) throws Exception {
        assertThat(service.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended: %s", service.said())
                .isTrue();
        assertThat(service.process().exitValue()).isEqualTo(1);
        assertThat(complaints(service)).hasSize(1);
        assertThat(complaints(service).get(0)).contains("cannot start: ").contains(words);
    }

    /** It says so, once, and runs on without being ready. */
    private static void waits(ServiceProcess service, String... words) throws IOException {
        await(() -> assertThat(complaints(service))
                .anySatisfy(line -> assertThat(line).contains(words)));
        await(() -> assertThat(service.health("ready")).isEqualTo(503));
        assertThat(complaints(service))
                .filteredOn(line -> Stream.of(words).allMatch(line::contains))
                .hasSize(1);
        assertThat(complaints(service)).noneMatch(line -> line.startsWith("\tat "));
        assertThat(service.process().isAlive()).isTrue();
    }

    /** Its log's lines that are no news of a state. */
    private static List<String> complaints(ServiceProcess service) throws IOException {
        return service.said().lines().filter(line -> !line.contains(" INFO ")).toList();
    }

    private static void await(ThrowingRunnable check) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(check);
    }
}
