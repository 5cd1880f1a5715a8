package io.vedette.standalone;

import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service, from the jar that production runs, with settings of its own beside a stack's. */
final class ServiceProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path log;
    private final int management;

    private ServiceProcess(Process process, Path log, int management) {
        this.process = process;
        this.log = log;
        this.management = management;
    }

    /** @param module its folder @param settings that win over the stack's */
    static ServiceProcess start(StackLayout stack, String module, Map<String, String> settings) {
        try {
            int management = freePort();
            Path log = Files.createTempFile(stack.home().logs(), module, ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            "java",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx256m",
                            "-jar",
                            stack.software()
                                    .resolve(module)
                                    .resolve("target/quarkus-app/quarkus-run.jar")
                                    .toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            Map<String, String> environment = builder.environment();
            environment.putAll(stack.overrides());
            environment.putAll(Map.of(
                    "VEDETTE_MANAGEMENT_PORT", Integer.toString(management),
                    "VEDETTE_API_PORT", Integer.toString(freePort()),
                    "VEDETTE_INFERENCE_PORT", Integer.toString(freePort()),
                    "VEDETTE_INFERENCE_SECRET", stack.credentials().inferenceSecret(),
                    "VEDETTE_SECRETS_KEY", stack.credentials().secretsKey(),
                    "VEDETTE_S3_ENDPOINT", "http://127.0.0.1:" + stack.ports().s3(),
                    "VEDETTE_S3_ACCESS_KEY_ID", stack.credentials().accessKeyId(),
                    "VEDETTE_S3_SECRET_ACCESS_KEY", stack.credentials().secretAccessKey(),
                    "VEDETTE_KAFKA_BOOTSTRAP_SERVERS",
                            "127.0.0.1:" + stack.ports().kafka(),
                    // no other worker's work is taken, and no other installation's seen
                    "VEDETTE_KAFKA_TOPIC_PREFIX", module + management + "."));
            environment.put(
                    "VEDETTE_POSTGRES_URL",
                    "jdbc:postgresql://127.0.0.1:" + stack.ports().postgres() + "/vedette");
            environment.put("VEDETTE_POSTGRES_PASSWORD", stack.credentials().postgresPassword());
            environment.putAll(settings);
            return new ServiceProcess(builder.start(), log, management);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The lines of its log that are no news of a state, one that goes over several lines being several. */
    List<String> complaints() {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> !line.contains(" INFO ") && !line.contains("\"level\":\"INFO\""))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Its exit code, once it has ended by itself. */
    int exit() throws InterruptedException {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs: " + complaints());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The status of its readiness, or -1 if it does not answer. */
    int readiness() {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            return answer.statusCode();
        } catch (IOException silent) {
            return -1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
