package io.vedette.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.stack.Folders;
import io.vedette.standalone.stack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A Prometheus of a test's own, of Debian's package, on 127.0.0.1. */
final class Prometheus implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/prometheus");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Path folder;
    private final Process process;
    private final String address;

    /** @param scrapes its configuration; {@code rules} are put beside it under their own name */
    Prometheus(String scrapes, Path rules) throws IOException {
        folder = Files.createTempDirectory("vedette-prometheus-");
        Path config = Files.writeString(folder.resolve("prometheus.yml"), scrapes);
        Files.copy(rules, folder.resolve(rules.getFileName()));
        String listening = "127.0.0.1:" + Ports.free().api();
        address = "http://" + listening + "/api/v1/";
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + listening,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    /** One series of an answer, at one moment. */
    record Sample(JsonNode labels, double value) {}

    /**
     * What a query is answered.
     *
     * @throws IllegalStateException with Prometheus's own words if it is no query, or Prometheus does not answer
     */
    List<Sample> query(String expression) {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode series : ask("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result")) {
            samples.add(new Sample(
                    series.path("metric"), number(series.path("value").path(1).asText())));
        }
        return samples;
    }

    /** The names of all metrics that it has scraped. */
    Set<String> metrics() {
        Set<String> names = new TreeSet<>();
        ask("label/__name__/values").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The alert rules, as it has evaluated them. */
    List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        ask("rules").findValues("rules").forEach(group -> group.forEach(rules::add));
        return rules;
    }

    private JsonNode ask(String what) {
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus has ended: " + said());
        }
        try {
            String text = http.send(
                            HttpRequest.newBuilder(URI.create(address + what))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            JsonNode answer = JSON.readTree(text);
            if (!answer.path("status").asText().equals("success")) {
                throw new IllegalStateException(what + ": " + text);
            }
            return answer.path("data");
        } catch (IOException unreachable) {
            throw new IllegalStateException("Prometheus does not answer: " + said(), unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** As Prometheus writes numbers, {@code +Inf} among them. */
    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private Path log() {
        return folder.resolve("log");
    }

    private String said() {
        try {
            return Files.readString(log());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }
}
