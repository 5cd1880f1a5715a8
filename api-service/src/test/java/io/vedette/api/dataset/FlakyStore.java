package io.vedette.api.dataset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** An S3 with objects that a test gives it, which fails or cuts its answers when a test wants it to. */
public final class FlakyStore implements QuarkusTestResourceLifecycleManager {
    private static final Map<String, byte[]> OBJECTS = new ConcurrentHashMap<>();
    private static final Map<String, Trouble> TROUBLES = new ConcurrentHashMap<>();
    private HttpServer server;

    enum Trouble {
        DOWN,
        CUT
    }

    static void put(String path, byte[] bytes) {
        OBJECTS.put(path, bytes);
    }

    /** @param trouble what happens to requests for this path, or null for none any more */
    static void trouble(String path, Trouble trouble) {
        if (trouble == null) {
            TROUBLES.remove(path);
        } else {
            TROUBLES.put(path, trouble);
        }
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
        server.createContext("/", FlakyStore::answer);
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
        String path = exchange.getRequestURI().getPath();
        byte[] bytes = OBJECTS.get(path);
        try (exchange) {
            if (TROUBLES.get(path) == Trouble.DOWN) {
                exchange.sendResponseHeaders(503, -1);
            } else if (bytes == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, bytes.length);
                int length = TROUBLES.get(path) == Trouble.CUT ? bytes.length / 2 : bytes.length;
                exchange.getResponseBody().write(bytes, 0, length);
            }
        }
    }
}
