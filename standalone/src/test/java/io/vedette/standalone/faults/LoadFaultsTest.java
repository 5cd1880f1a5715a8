package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.Lines;
import io.vedette.standalone.customer.Extensions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;

/** Many calls at once, while something is slow, restarts or is taken away. */
@FaultTest
@Isolated
class LoadFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> ROLLING = List.of("api", "trainer", "evaluator", "kafka", "s3", "postgres");

    @Fault(14)
    void theDatabaseIsSlowForManyClients(Scene row) throws Exception {
        // Given
        row.prepare();
        String first = row.ask();
        row.fault();
        row.stack().proxies().postgres().slow(Duration.ofMillis(25));
        // When
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        ExecutorService clients = Executors.newFixedThreadPool(200);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                boolean writes = i % 20 == 0;
                calls.add(clients.submit(() -> statuses.add(status(() -> {
                    if (writes) {
                        row.askOnce(UUID.randomUUID().toString());
                    } else {
                        row.workshop().model(first);
                    }
                }))));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            clients.shutdownNow();
        }
        row.stack().proxies().postgres().heal();
        // Then
        assertThat(statuses)
                .hasSize(200)
                .allMatch(status -> List.of(200, 409, 429, 503).contains(status));
        row.trained(first);
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
        row.ask(); // so that the project stays for a while
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + Duration.ofSeconds(25).toNanos();
        // When
        try (Extensions http = new Extensions(row.stack().clients().vision())) {
            List<CompletableFuture<Void>> callers = IntStream.range(0, 6)
                    .mapToObj(caller -> CompletableFuture.runAsync(
                            () -> {
                                Random random = new Random(seed + caller);
                                while (System.nanoTime() < end) {
                                    statuses.add(status(() -> callAtRandom(row, http, random)));
                                }
                            },
                            task -> new Thread(task).start()))
                    .toList();
            callers.forEach(CompletableFuture::join);
        }
        row.fault();
        // Then
        assertThat(statuses).hasSizeGreaterThan(50).allMatch(status -> status < 500);
        await().atMost(PATIENCE)
                .until(() -> new Rest(row.stack(), row.name()).troubles().isEmpty());
    }

    private static void callAtRandom(Scene row, Extensions http, Random random) {
        LookoutVisionClient vision = row.stack().clients().vision();
        String project = row.name();
        String version = String.valueOf(1 + random.nextInt(8));
        switch (random.nextInt(6)) {
            case 0, 1 -> row.askOnce(UUID.randomUUID().toString());
            case 2 -> vision.deleteModel(request -> request.projectName(project).modelVersion(version));
            case 3 -> {
                if (random.nextInt(4) == 0) {
                    vision.deleteProject(request -> request.projectName(project));
                }
            }
            case 4 ->
                vision.updateDatasetEntries(request -> request.projectName(project)
                        .datasetType("train")
                        .changes(SdkBytes.fromUtf8String(
                                Lines.of(row.workshop().address("more/" + random.nextInt(20) + ".png"), "anomaly"))));
            default -> {
                int status = http.send(
                                SdkHttpMethod.POST,
                                "/vedette/v1/projects/" + project + "/models/" + version + "/stop-training",
                                Map.of(),
                                "application/json",
                                new byte[0])
                        .status();
                assertThat(status).isLessThan(500);
            }
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
