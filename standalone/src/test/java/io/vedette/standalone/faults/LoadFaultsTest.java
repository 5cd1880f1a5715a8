package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import io.vedette.standalone.Lines;
import io.vedette.standalone.faults.Evidence.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;

/** Many calls at once, while something is slow, restarts or is taken away. */
@FaultTest
@Isolated
class LoadFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The api lets in 160. */
    private static final int CLIENTS = 200;

    private static final Duration TURNED_AWAY = Duration.ofMillis(100);
    private static final List<String> ROLLING = List.of("api", "trainer", "evaluator", "kafka", "s3", "postgres");

    @Fault(14)
    void theDatabaseIsSlowForManyClients(Scene row) throws Exception {
        // Given
        row.prepare();
        String first = row.ask();
        row.fault();
        row.stack().proxies().postgres().slow(Duration.ofMillis(25));
        // When
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (LookoutVisionClient vision = forMany(row)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                boolean writes = i % 20 == 0;
                callers.add(clients.submit(() -> {
                    if (writes) {
                        statuses.add(status(() -> row.askOnce(UUID.randomUUID().toString())));
                    }
                    while (!enough.get()) {
                        look(vision, row, first, statuses);
                    }
                }));
            }
            // Then: some are turned away, and meanwhile events go out and lease time passes
            await().atMost(PATIENCE).until(() -> statuses.contains(429) || statuses.contains(503));
            long sent = sent(row);
            long elapsed = leaseTime(row);
            await().atMost(PATIENCE)
                    .until(() -> sent(row) > sent && leaseTime(row) > elapsed + FaultStack.LEASE.toMillis());
            enough.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
        } finally {
            enough.set(true);
            clients.shutdown();
        }
        row.stack().proxies().postgres().heal();
        assertThat(statuses).contains(200).isSubsetOf(200, 409, 429, 503);
        row.trained(first);
    }

    /** Who is turned away tries again a little later. */
    private static void look(LookoutVisionClient vision, Scene row, String model, Set<Integer> statuses) {
        int status = status(() ->
                vision.describeModel(request -> request.projectName(row.name()).modelVersion(model)));
        statuses.add(status);
        if (status != 200) {
            LockSupport.parkNanos(TURNED_AWAY.toNanos());
        }
    }

    /** The SDK's own makes fifty connections at most, and hides what it was told before it was let in. */
    private static LookoutVisionClient forMany(Scene row) {
        var usual = row.stack().clients().vision().serviceClientConfiguration();
        return LookoutVisionClient.builder()
                .endpointOverride(usual.endpointOverride().orElseThrow())
                .region(usual.region())
                .credentialsProvider(usual.credentialsProvider())
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(CLIENTS))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static long sent(Scene row) {
        return row.database()
                .number("select count(*) from outbox where published_at is not null and key like ?", row.arns() + "%");
    }

    private static long leaseTime(Scene row) {
        return row.database().number("select elapsed from lease_clock");
    }

    @Fault(36)
    void everythingIsRestartedInTurnWhileFiftyModelsAreTrained(Scene row) {
        // Given
        List<Scene> projects = IntStream.range(0, 5)
                .mapToObj(number -> row.another("" + number))
                .toList();
        projects.forEach(Scene::prepare);
        List<CompletableFuture<List<String>>> models = projects.stream()
                .map(project -> CompletableFuture.supplyAsync(() ->
                        IntStream.range(0, 10).mapToObj(i -> project.ask()).toList()))
                .toList();
        // When
        for (String part : ROLLING) {
            ProcessHandle old = row.processes().of(part);
            row.fault();
            row.processes().signal(old, part.equals("postgres") ? "INT" : "TERM");
            row.processes().awaitNext(part, old);
        }
        // Then
        for (int i = 0; i < projects.size(); i++) {
            Scene project = projects.get(i);
            models.get(i).join().forEach(model -> project.ended(model, PATIENCE));
            models.get(i).join().forEach(project::trained);
        }
    }

    @Fault(38)
    void callsAreMadeAtRandom(Scene row) {
        // Given
        long seed = System.nanoTime();
        System.out.println("callsAreMadeAtRandom seed=" + seed);
        row.ask(); // so that the project stays
        Scene empty = row.another("empty"); // and this one comes and goes
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + Duration.ofSeconds(25).toNanos();
        // When
        List<CompletableFuture<Void>> callers = IntStream.range(0, 6)
                .mapToObj(caller -> CompletableFuture.runAsync(
                        () -> {
                            Random random = new Random(seed + caller);
                            while (System.nanoTime() < end) {
                                statuses.add(status(() -> callAtRandom(row, empty, random)));
                            }
                        },
                        task -> new Thread(task).start()))
                .toList();
        callers.forEach(CompletableFuture::join);
        row.fault();
        // Then
        assertThat(statuses).hasSizeGreaterThan(50).allMatch(status -> status < 500);
        assertThat(events(row, empty)).contains("ProjectCreated", "ProjectDeleted");
        await().atMost(PATIENCE)
                .until(() -> new Rest(row.stack(), row.name()).troubles().isEmpty());
    }

    /** What the world has heard of the project that comes and goes. */
    private static Stream<String> events(Scene row, Scene empty) {
        return Evidence.of(row.stack(), empty.name()).on(Topic.LIFECYCLE).stream()
                .filter(event -> event.key().endsWith(":project/" + empty.name()))
                .map(Seen::type);
    }

    private static void callAtRandom(Scene row, Scene empty, Random random) {
        LookoutVisionClient vision = row.stack().clients().vision();
        String project = row.name();
        String version = String.valueOf(1 + random.nextInt(8));
        switch (random.nextInt(8)) {
            case 0, 1 -> row.askOnce(UUID.randomUUID().toString());
            case 2 -> vision.deleteModel(request -> request.projectName(project).modelVersion(version));
            case 3 ->
                vision.deleteProject(request -> request.projectName(random.nextBoolean() ? project : empty.name()));
            case 4 ->
                vision.updateDatasetEntries(request -> request.projectName(project)
                        .datasetType("train")
                        .changes(SdkBytes.fromUtf8String(
                                Lines.of(row.workshop().address("more/" + random.nextInt(20) + ".png"), "anomaly"))));
            case 5 -> vision.createProject(request -> request.projectName(empty.name()));
            case 6 -> {
                if (random.nextBoolean()) {
                    empty.workshop().createEmptyDataset("train");
                } else {
                    empty.workshop().deleteDataset("train");
                }
            }
            default -> assertThat(row.stopTraining(version)).isLessThan(500);
        }
    }

    /** @return 200 for any success */
    private static int status(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (LookoutVisionException refused) {
            return refused.statusCode();
        }
    }
}
