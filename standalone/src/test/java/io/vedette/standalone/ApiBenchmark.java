package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.PresignedCalls.Line;
import io.vedette.standalone.stack.Credentials;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.RunningStack.PartState;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Three calls through HTTP with signatures at 1, 8 and 64 clients, each beside pgbench with the statements that the api
 * sends for it, on the same Postgres in the same run. Not part of the tests, for its name does not end in Test; wants
 * {@code pgbench}, on loopback only: {@code mvn -pl standalone,trainer-worker,evaluator-worker,inference-service,api-service
 * -am package -Dtest=ApiBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@StackTest
class ApiBenchmark {
    private static final int[] CLIENTS = {1, 8, 64};
    /** Postgres takes 60 connections here, and the api's pool grows to 50: more than these few are not left. */
    private static final int MOST_CONNECTIONS = 6;

    private static final int PROJECTS = 64;
    private static final int NORMALS = 180;
    private static final int ANOMALIES = 20;
    private static final String PREFIX = "bench";

    @TempDir
    private Path folder;

    /** One operation: how many calls altogether at each number of clients, and the request of a client's project. */
    private record Course(String operation, int calls, IntFunction<byte[]> request) {}

    /** @param latencies in nanoseconds, sorted */
    private record Measured(double perSecond, long[] latencies) {
        static Measured of(long[] latencies, long nanos) {
            Arrays.sort(latencies);
            return new Measured(latencies.length / (nanos / 1e9), latencies);
        }

        String row() {
            return String.format("%.0f | %.1f | %.1f", perSecond, millis(0.5), millis(0.99));
        }

        private double millis(double share) {
            return latencies[(int) Math.ceil(share * latencies.length) - 1] / 1e6;
        }
    }

    @Test
    void callsBesideBareSql(Customer customer, StackLayout stack) throws Exception {
        for (int i = 0; i < PROJECTS; i++) {
            Workshop workshop = new Workshop(customer, PREFIX + i);
            workshop.createProject();
            List<String> lines = new ArrayList<>(Lines.many(workshop.bucket(), "normal", 0, NORMALS));
            lines.addAll(Lines.many(workshop.bucket(), "anomaly", 0, ANOMALIES));
            workshop.dataset("train", lines);
        }
        // The calls are measured, not the trainings that they ask for.
        signal(customer.stack(), "STOP");
        try {
            for (int i = 0; i < PROJECTS; i++) {
                new Workshop(customer, PREFIX + i).askForModel();
            }
            measure(customer, stack);
        } finally {
            signal(customer.stack(), "CONT");
        }
    }

    private void measure(Customer customer, StackLayout stack) throws Exception {
        URI api = URI.create("http://127.0.0.1:" + stack.ports().api());
        Credentials key = stack.credentials();
        PresignedCalls calls =
                new PresignedCalls(api, AwsCredentialsIdentity.create(key.accessKeyId(), key.secretAccessKey()));
        byte[] output = ("{\"OutputConfig\":{\"S3Location\":{\"Bucket\":\"" + customer.bucket() + "\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        String projects = "/2020-11-20/projects/" + PREFIX;
        List<Course> courses = List.of(
                new Course("DescribeModel", 1920, i -> calls.get(projects + i + "/models/1")),
                new Course(
                        "ListDatasetEntries",
                        640,
                        i -> calls.get(projects + i + "/datasets/train/entries?maxResults=100")),
                new Course(
                        "CreateModel",
                        192,
                        i -> calls.post(
                                projects + i + "/models", UUID.randomUUID().toString(), output)));
        System.out.println(
                "| call | clients | api: calls/s | p50, ms | p99, ms | SQL: connections | calls/s | p50, ms | p99, ms | load |");
        for (Course course : courses) {
            through(api, course, 8, course.calls() / 4); // warm
            for (int clients : CLIENTS) {
                Measured http = through(api, course, clients, course.calls());
                int connections = Math.min(clients, MOST_CONNECTIONS);
                Measured sql = pgbench(stack, course, connections, course.calls());
                System.out.printf(
                        "| %s | %d | %s | %d | %s | %.1f |%n",
                        course.operation(),
                        clients,
                        http.row(),
                        connections,
                        sql.row(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            }
        }
    }

    private static Measured through(URI api, Course course, int clients, int calls) throws Exception {
        int each = calls / clients;
        List<byte[][]> requests = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int project = client;
            requests.add(Stream.generate(() -> course.request().apply(project))
                    .limit(each)
                    .toArray(byte[][]::new));
        }
        long[] latencies = new long[each * clients];
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long begun = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                byte[][] mine = requests.get(client);
                int from = client * each;
                running.add(threads.submit(() -> one(api, mine, latencies, from)));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return Measured.of(latencies, System.nanoTime() - begun);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void one(URI api, byte[][] requests, long[] latencies, int from) {
        try (Line line = new Line(api)) {
            for (int i = 0; i < requests.length; i++) {
                long begun = System.nanoTime();
                line.call(requests[i]);
                latencies[from + i] = System.nanoTime() - begun;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Measured pgbench(StackLayout stack, Course course, int clients, int calls) throws Exception {
        Path logs = Files.createTempDirectory(folder, "pgbench");
        Path script = Path.of(ApiBenchmark.class
                .getResource("/pgbench/" + course.operation() + ".sql")
                .toURI());
        ProcessBuilder command = new ProcessBuilder(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--log",
                "--log-prefix=" + logs.resolve("log"),
                "--client=" + clients,
                "--transactions=" + calls / clients,
                "--file=" + script,
                "--define=key=" + stack.credentials().accessKeyId(),
                "--define=account=000000000001",
                "--define=prefix=" + PREFIX,
                "--define=arn=arn:aws:lookoutvision:us-east-1:000000000001:model/" + PREFIX + "/1",
                "--define=event=" + "x".repeat(300),
                "--define=response=" + "x".repeat(220),
                "--host=127.0.0.1",
                "--port=" + stack.ports().postgres(),
                "--username=vedette",
                "vedette");
        command.environment().put("PGPASSWORD", stack.credentials().postgresPassword());
        Path output = logs.resolve("output");
        Process process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return measured(logs, Files.readAllLines(output), calls / clients * clients);
    }

    /** From pgbench's log of every transaction: the third column is its time in microseconds. */
    private static Measured measured(Path logs, List<String> output, int calls) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            long[] latencies = files.filter(
                            file -> file.getFileName().toString().startsWith("log"))
                    .flatMap(ApiBenchmark::lines)
                    .mapToLong(line -> 1000 * Long.parseLong(line.split(" ")[2]))
                    .toArray();
            assertThat(latencies).hasSize(calls);
            double perSecond = output.stream()
                    .filter(line -> line.startsWith("tps = "))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ")[2]))
                    .findFirst()
                    .orElseThrow();
            Arrays.sort(latencies);
            return new Measured(perSecond, latencies);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(RunningStack stack, String signal) throws Exception {
        for (PartState part : stack.parts()) {
            if (part.name().equals("trainer") || part.name().equals("evaluator")) {
                String pid = part.pid().orElseThrow().toString();
                assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor())
                        .isZero();
            }
        }
    }
}
