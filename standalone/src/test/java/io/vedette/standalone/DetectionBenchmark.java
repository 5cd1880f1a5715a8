package io.vedette.standalone;

import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.stack.Folders;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.LearningProcess;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Detections of a JPEG of some 500 KB through HTTP with signatures, with 1 and with 4 clients, beside the learner alone in a
 * loop, in turn, on a classification and a segmentation model at the usual side of 384 pixels. Not part of the tests, for its
 * name does not end in Test: {@code mvn -pl standalone,trainer-worker,evaluator-worker,inference-service,api-service -am
 * package -Dtest=DetectionBenchmark -Dsurefire.failIfNoSpecifiedTests=false}, on one backbone alone with
 * {@code -Dvedette.benchmark.backbone=mobilenet-v2}.
 */
class DetectionBenchmark {
    private static final String ONLY = System.getProperty("vedette.benchmark.backbone", "");
    private static final int ROUNDS = Integer.getInteger("vedette.benchmark.rounds", 4);
    private static final int CALLS = 40;
    private static final int MANY = 4;

    @TempDir
    private Path folder;

    private record Subject(HostedProject project, Loop loop, byte[] photograph) {}

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet-v2", "inception-v3"})
    void detectionsBesideTheBareLoop(String backbone) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(backbone.contains(ONLY));
        Path software = Path.of("").toAbsolutePath().getParent();
        Home home = new Home(folder.resolve("home"));
        Map<String, String> settings = Map.of(
                "DJL_CACHE_DIR", software.resolve("standalone/target/djl").toString(), "VEDETTE_BACKBONE", backbone);
        StackLayout layout = StackLayout.of(home, Ports.free(), software, settings);
        Path photograph = folder.resolve("photograph.jpg");
        Files.write(photograph, LargePhotographs.jpeg(900, true));
        try (Stack stack = Stack.start(layout, System.out::println);
                Clients clients = Clients.of(stack.layout().ports(), layout.credentials())) {
            Map<String, Subject> subjects = new LinkedHashMap<>();
            Set<String> known = new HashSet<>();
            for (boolean masks : new boolean[] {false, true}) {
                HostedProject project = LargePhotographs.hosted(clients, masks);
                Path model = model(clients, project, known);
                Loop loop = new Loop(software, home, model, photograph, settings);
                subjects.put(
                        masks ? "segmentation" : "classification",
                        new Subject(project, loop, Files.readAllBytes(photograph)));
            }
            measure(backbone, subjects);
            Metrics.at(RunningStack.of(home).metrics("inference").orElseThrow()).lines().stream()
                    .filter(line -> line.matches("vedette_inference_stage_seconds_(sum|count).*"))
                    .forEach(System.out::println);
            for (Subject subject : subjects.values()) {
                subject.loop().close();
            }
        }
        Folders.delete(home.directory());
    }

    private void measure(String backbone, Map<String, Subject> subjects) throws Exception {
        System.out.printf("photograph of %d bytes%n", Files.size(folder.resolve("photograph.jpg")));
        System.out.println(
                "| model | round | bare, decoded before: /s | median, ms | bare: /s | median, ms | 1 client: /s | median, ms | 4 clients: /s | median, ms | load |");
        for (int round = 0; round <= ROUNDS; round++) { // the first is not counted: nothing is warm
            for (Map.Entry<String, Subject> entry : subjects.entrySet()) {
                Subject subject = entry.getValue();
                String row = String.join(
                        " | ",
                        subject.loop().row("decoded " + CALLS),
                        subject.loop().row("" + CALLS),
                        clients(subject, 1, CALLS),
                        clients(subject, MANY, CALLS));
                System.out.printf(
                        "| `%s`, %s | %d | %s | %.1f |%n",
                        backbone,
                        entry.getKey(),
                        round,
                        row,
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            }
        }
    }

    private static String clients(Subject subject, int clients, int calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long begun = System.nanoTime();
            Callable<double[]> client = () -> {
                double[] millis = new double[calls];
                for (int i = 0; i < calls; i++) {
                    long start = System.nanoTime();
                    DetectTest.detect(subject.project(), HostedProject.HOSTED, "image/jpeg", subject.photograph());
                    millis[i] = (System.nanoTime() - start) / 1e6;
                }
                return millis;
            };
            List<Future<double[]>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(client));
            }
            double[] all = new double[0];
            for (Future<double[]> one : running) {
                double[] more = one.get();
                int before = all.length;
                all = Arrays.copyOf(all, before + more.length);
                System.arraycopy(more, 0, all, before, more.length);
            }
            return row(all, (System.nanoTime() - begun) / 1e9);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String row(double[] millis, double seconds) {
        Arrays.sort(millis);
        return String.format("%.1f | %.1f", millis.length / seconds, millis[millis.length / 2]);
    }

    /** The new model's files, as the inference service would fetch them. @param known ids of those that were there before */
    private Path model(Clients clients, HostedProject project, Set<String> known) throws IOException {
        Path model = Files.createDirectories(folder.resolve(project.name()));
        Set<String> seen = new HashSet<>();
        for (S3Object object : clients.s3()
                .listObjectsV2Paginator(request -> request.bucket("vedette").prefix("models/"))
                .contents()) {
            String[] parts = object.key().split("/", 5); // models, model id, runs, run id, file
            if (parts.length == 5 && parts[2].equals("runs") && !known.contains(parts[1])) {
                seen.add(parts[1]);
                Path file = model.resolve(parts[4]);
                Files.createDirectories(file.getParent());
                Files.write(
                        file,
                        clients.s3()
                                .getObjectAsBytes(
                                        request -> request.bucket("vedette").key(object.key()))
                                .asByteArray());
            }
        }
        known.addAll(seen);
        return model;
    }

    /** The learner in a process of its own, with the libraries and the environment of the services. */
    private static final class Loop implements AutoCloseable {
        private final Process process;
        private final PrintWriter orders;
        private final BufferedReader answers;

        Loop(Path software, Home home, Path model, Path photograph, Map<String, String> environment)
                throws IOException {
            String threads = Integer.toString(Runtime.getRuntime().availableProcessors());
            ProcessBuilder builder = LearningProcess.of(
                    software,
                    home,
                    "io.vedette.anomaly.bench.ScoringLoop",
                    model.toString(),
                    photograph.toString(),
                    threads);
            builder.environment().putAll(environment);
            process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            orders = new PrintWriter(process.outputWriter(), true);
            answers = process.inputReader();
        }

        String row(String order) throws IOException {
            orders.println(order);
            double[] millis = Stream.of(answers.readLine().split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return DetectionBenchmark.row(millis, Arrays.stream(millis).sum() / 1e3);
        }

        @Override
        public void close() throws IOException {
            orders.close();
            process.destroy();
        }
    }
}
