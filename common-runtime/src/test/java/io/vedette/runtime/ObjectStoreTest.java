package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vedette.common.S3Uri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that fails between two pages of a list, and cuts its answers. */
@Timeout(60)
class ObjectStoreTest {
    private static final byte[] WHOLE = "all that was written".getBytes(StandardCharsets.UTF_8);
    private static final String NEXT = "<NextContinuationToken>next</NextContinuationToken>";
    private static final S3Uri OBJECT = new S3Uri("bucket", "key");

    private final AtomicInteger pages = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger cuts = new AtomicInteger();
    private HttpServer server;
    private ObjectStore store;

    @TempDir
    Path directory;

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

    @Test
    void anAnswerThatWasCutIsAskedForAgain() throws IOException {
        // Given
        Path file = directory.resolve("file");
        // When
        cuts.set(1);
        byte[] got = store.get(OBJECT).bytes();
        cuts.set(1);
        String etag = store.download(OBJECT, file);
        // Then
        assertThat(got).isEqualTo(WHOLE);
        assertThat(etag).isEqualTo("etag");
        assertThat(file).hasBinaryContent(WHOLE);
    }

    @Test
    void aStoreThatCutsEveryAnswerIsUnavailable() {
        // Given
        Path file = directory.resolve("file");
        cuts.set(Integer.MAX_VALUE);
        // Then
        assertThatThrownBy(() -> store.get(OBJECT)).isInstanceOf(ObjectStoreException.Unavailable.class);
        assertThatThrownBy(() -> store.getIfPresent(OBJECT)).isInstanceOf(ObjectStoreException.Unavailable.class);
        assertThatThrownBy(() -> store.get(OBJECT, 1000)).isInstanceOf(ObjectStoreException.Unavailable.class);
        assertThatThrownBy(() -> store.download(OBJECT, file)).isInstanceOf(ObjectStoreException.Unavailable.class);
        assertThat(Files.exists(file)).isFalse();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        try (exchange) {
            if (!query.contains("list-type=2")) {
                exchange.getResponseHeaders().add("ETag", "\"etag\"");
                exchange.sendResponseHeaders(200, WHOLE.length);
                int length = cuts.getAndDecrement() > 0 ? WHOLE.length / 2 : WHOLE.length;
                exchange.getResponseBody().write(WHOLE, 0, length);
                return;
            }
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
