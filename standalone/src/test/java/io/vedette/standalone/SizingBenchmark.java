package io.vedette.standalone;

import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.stack.Folders;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What each part of the standalone stack takes of memory and disk: idle, while a model is trained, evaluated and hosted on
 * photographs of 1280×960 pixels with masks, and while it detects. Not part of the tests, for its name does not end in Test:
 * {@code mvn -pl standalone,trainer-worker,evaluator-worker,inference-service,api-service -am package -Dtest=SizingBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SizingBenchmark {
    private static final int CLIENTS = 4;
    private static final int CALLS = 25;
    private static final double MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"inception-v3", "mobilenet-v2"})
    void memoryAndDiskOf(String backbone) throws Exception {
        Path software = Path.of("").toAbsolutePath().getParent();
        Home home = new Home(folder.resolve("home"));
        Map<String, String> settings = Map.of(
                "DJL_CACHE_DIR", software.resolve("standalone/target/djl").toString(), "VEDETTE_BACKBONE", backbone);
        StackLayout layout = StackLayout.of(home, Ports.free(), software, settings);
        Map<String, Map<String, Long>> most = new LinkedHashMap<>();
        try (Stack stack = Stack.start(layout, System.out::println);
                Clients clients = Clients.of(stack.layout().ports(), layout.credentials())) {
            most.put("idle", meanwhile(home, () -> TimeUnit.SECONDS.sleep(20)));
            HostedProject[] hosted = new HostedProject[1];
            most.put(
                    "train, evaluate, host", meanwhile(home, () -> hosted[0] = LargePhotographs.hosted(clients, true)));
            most.put("detect", meanwhile(home, () -> detect(hosted[0])));
            print(backbone, most);
            System.out.println("own bucket of one model: " + ownBucket(clients));
            for (String part : new String[] {"postgres", "kafka", "s3"}) {
                // blocks, not lengths: Kafka's indexes are mostly holes
                new ProcessBuilder("du", "-sm", home.directory().resolve(part).toString())
                        .inheritIO()
                        .start()
                        .waitFor();
            }
        }
        Folders.delete(home.directory());
    }

    /** What takes its time. */
    private interface Work {
        void go() throws Exception;
    }

    private static Map<String, Long> meanwhile(Home home, Work work) throws Exception {
        try (Footprint footprint =
                new Footprint(RunningStack.of(home), home.directory().resolve("scratch"))) {
            work.go();
            return footprint.most();
        }
    }

    private static void detect(HostedProject project) throws Exception {
        byte[] photograph = LargePhotographs.jpeg(900, true);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (Future<?> client : IntStream.range(0, CLIENTS)
                    .mapToObj(i -> threads.submit(() -> {
                        for (int call = 0; call < CALLS; call++) {
                            DetectTest.detect(project, HostedProject.HOSTED, "image/jpeg", photograph);
                        }
                    }))
                    .toList()) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void print(String backbone, Map<String, Map<String, Long>> most) {
        System.out.println("| " + backbone + ", MB at most | " + String.join(" | ", most.keySet()) + " |");
        for (String part : most.values().iterator().next().keySet()) {
            StringBuilder row = new StringBuilder("| " + part);
            most.values()
                    .forEach(
                            figures -> row.append(String.format(Locale.ROOT, " | %.0f", figures.get(part) / MEGABYTE)));
            System.out.println(row + " |");
        }
    }

    /** Bytes by the last part of the files' names. */
    private static Map<String, Long> ownBucket(Clients clients) {
        Map<String, Long> bytes = new TreeMap<>();
        for (S3Object object : clients.s3()
                .listObjectsV2Paginator(request -> request.bucket("vedette"))
                .contents()) {
            bytes.merge(object.key().replaceAll("[0-9a-f-]{36}", "…"), object.size(), Long::sum);
        }
        return bytes;
    }
}
