package io.vedette.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** What a service's {@code /q/metrics} said at a moment. */
record Metrics(List<String> lines) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    // One client, and no offer of HTTP/2: asked every moment, a new one each time hung now and then.
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    static Metrics of(Customer customer, String part) {
        return at(customer.stack().metrics(part).orElseThrow());
    }

    static Metrics at(String url) {
        URI address = URI.create(url);
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            String text = HTTP.send(request, BodyHandlers.ofString()).body();
            return new Metrics(text.lines().toList());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Over all versions of a project. */
    double sum(String name, String project) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") && line.contains("ProjectName=\"" + project + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
