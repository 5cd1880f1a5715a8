package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that fails between two pages of a list. */
@Timeout(60)
class ObjectStoreTest {
    private static final String NEXT = "<NextContinuationToken>next</NextContinuationToken>";

    private final AtomicInteger pages = new AtomicInteger(Integer.MAX_VALUE);
    private HttpServer server;
    private ObjectStore store;

    @BeforeEach
    void aStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        store = new ObjectStore(TestSettings.of(
                S3Settings.class,
                "vedette.s3.",
                Map.of(
                        "endpoint",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "access-key-id",
                        "AKIATEST",
                        "secret-access-key",
                        "test")));
    }

    @AfterEach
    void gone() {
        store.close();
        server.stop(0);
    }

    @Test
    void aListIsReadPageByPage() {
        try (Stream<ObjectStore.Item> all = store.list("bucket", "prefix/")) {
            assertThat(all).extracting(item -> item.uri().key()).containsExactly("prefix/0", "prefix/1");
        }
    }

    @Test
    void aStoreThatFailsWhileAListIsReadIsUnavailable() {
        for (int before = 0; before < 2; before++) {
            pages.set(before);
            assertThatThrownBy(() -> store.list("bucket", "prefix/").toList())
                    .isInstanceOf(ObjectStoreException.Unavailable.class)
                    .hasMessage("The object store did not answer for bucket.");
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        try (exchange) {
            int page = query.contains("continuation-token=next") ? 1 : 0;
            if (page >= pages.get()) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] list = """
                    <ListBucketResult><IsTruncated>%s</IsTruncated>%s
                    <Contents><Key>prefix/%d</Key><Size>1</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>
                    </ListBucketResult>""".formatted(page == 0, page == 0 ? NEXT : "", page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
        }
    }
}
