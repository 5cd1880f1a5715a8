package io.vedette.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * As much of S3 as reading needs, with versions, which the embedded store has not: each {@link #put} adds one, and they
 * are called {@code v1}, {@code v2}, … Every bucket exists.
 */
public final class VersionedStore implements QuarkusTestResourceLifecycleManager {
    private static final Map<String, List<byte[]>> OBJECTS = new ConcurrentHashMap<>();
    private HttpServer server;

    /** @param path {@code /BUCKET/KEY} */
    public static void put(String path, String text) {
        OBJECTS.computeIfAbsent(path, key -> new ArrayList<>()).add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** After the Postgres, whose settings say that S3 is down. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException("cannot listen", failure);
        }
        server.createContext("/", VersionedStore::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return Map.of(
                "vedette.s3.endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (query.contains("list-type=2")) {
                give(
                        exchange,
                        "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
                                .getBytes(StandardCharsets.UTF_8));
            } else if (path.indexOf('/', 1) < 0) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                version(exchange, OBJECTS.getOrDefault(path, List.of()), query);
            }
        }
    }

    private static void version(HttpExchange exchange, List<byte[]> versions, String query) throws IOException {
        String wanted = query.replaceFirst("(?:.*&)?versionId=([^&]*).*", "$1");
        int number = wanted.matches("v[1-9]") ? wanted.charAt(1) - '0' : query.equals(wanted) ? versions.size() : 0;
        if (number < 1 || number > versions.size()) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().add("x-amz-version-id", "v" + number);
        give(exchange, versions.get(number - 1));
    }

    private static void give(HttpExchange exchange, byte[] bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
