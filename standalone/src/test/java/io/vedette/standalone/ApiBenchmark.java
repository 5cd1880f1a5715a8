package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.stack.Credentials;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.RunningStack.PartState;
import io.vedette.standalone.stack.StackLayout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
    private static final int PROJECTS = 64;
    private static final int NORMALS = 180;
    private static final int ANOMALIES = 20;
    private static final String PREFIX = "bench";
    private static final Duration WARMING = Duration.ofSeconds(Integer.getInteger("vedette.benchmark.warming", 40));
    private static final Duration SPAN = Duration.ofSeconds(Integer.getInteger("vedette.benchmark.span", 5));

    @TempDir
    private Path folder;

    /** One operation, and the next request of a client's project. */
    private record Course(String operation, IntFunction<byte[]> request) {}

    @Test
    void callsBesideBareSql(Customer customer, StackLayout stack) throws Exception {
        for (int i = 0; i < PROJECTS; i++) {
            Workshop workshop = new Workshop(customer, PREFIX + i);
            workshop.createProject();
            List<String> lines = new ArrayList<>(Lines.many(workshop.bucket(), "normal", 0, NORMALS));
            lines.addAll(Lines.many(workshop.bucket(), "anomaly", 0, ANOMALIES));
            workshop.dataset("train", lines);
        }
        // The calls are measured, not the trainings that they ask for: the trainer stands still, and they wait for it.
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
        System.out.println("| call | clients | calls/s | p50, ms | p99, ms | bare SQL: calls/s | p50, ms | p99, ms |"
                + " of bare SQL | processor time of a call, microseconds |");
        for (Course course : courses(calls, customer.bucket())) {
            if (!course.operation().matches(System.getProperty("vedette.benchmark.only", ".*"))) {
                continue;
            }
            try (Crowd crowd = new Crowd(api, 8, course.request())) {
                crowd.call(WARMING);
            }
            for (int clients : CLIENTS) {
                row(customer, stack, api, course, clients);
            }
        }
    }

    private void row(Customer customer, StackLayout stack, URI api, Course course, int clients) throws Exception {
        ProcessorTime before = ProcessorTime.of(customer.stack());
        try (Crowd crowd = new Crowd(api, clients, course.request())) {
            Latencies http = crowd.call(SPAN);
            String processors = ProcessorTime.of(customer.stack()).since(before, http.calls());
            Latencies sql = new Pgbench(stack, PREFIX).run(course.operation(), clients, SPAN, folder);
            System.out.printf(
                    "| %s | %d | %s | %s | %.0f %% | %s |%n",
                    course.operation(),
                    clients,
                    http.row(),
                    sql.row(),
                    100 * http.perSecond() / sql.perSecond(),
                    processors);
        }
    }

    private static List<Course> courses(PresignedCalls calls, String bucket) {
        String projects = "/2020-11-20/projects/" + PREFIX;
        byte[] output = ("{\"OutputConfig\":{\"S3Location\":{\"Bucket\":\"" + bucket + "\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        // A signature holds for a quarter of an hour, and a call that only reads may come again as it is.
        List<byte[]> describe = IntStream.range(0, PROJECTS)
                .mapToObj(i -> calls.get(projects + i + "/models/1"))
                .toList();
        List<byte[]> list = IntStream.range(0, PROJECTS)
                .mapToObj(i -> calls.get(projects + i + "/datasets/train/entries?maxResults=100"))
                .toList();
        return List.of(
                new Course("DescribeModel", describe::get),
                new Course("ListDatasetEntries", list::get),
                new Course(
                        "CreateModel",
                        i -> calls.post(
                                projects + i + "/models", UUID.randomUUID().toString(), output)));
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
