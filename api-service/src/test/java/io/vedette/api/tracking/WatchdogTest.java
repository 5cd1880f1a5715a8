package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStore.Stored;
import io.vedette.runtime.S3Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** On a real Postgres, with a store that answers as it is told. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class WatchdogTest extends TrackedModel {
    private static final UUID RUN = new UUID(0, 1);

    @Test
    void aStoreThatIsAwayIsWaitedForOnceHoweverManyModelsNeedIt() throws IOException {
        // Given
        for (int i = 0; i < 2; i++) {
            UUID id = UUID.randomUUID();
            Run run = new Run(UUID.randomUUID(), Kind.TRAINING, id, ask(id), 1);
            say(new RunStarted(run, "worker-1"));
            say(new RunFailed(run, Cause.SYSTEM, "The worker fell ill."));
        }
        Set<String> asked = ConcurrentHashMap.newKeySet();
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        store.start();
        // When
        try (ObjectStore objects = new ObjectStore(at(store))) {
            new Watchdog(orphans, objects, null).settleAll();
        } finally {
            store.stop(0);
        }
        // Then
        assertThat(asked).hasSize(1);
        assertThat(orphans.all()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aTableOfContentsThatNobodyCanReadIsNone() {
        assertThat(Watchdog.read(stored("{\"version\": 1, \"files\""), "key", RUN))
                .isEmpty();
        assertThat(Watchdog.read(stored("null"), "key", RUN)).isEmpty();
        assertThat(Watchdog.read(stored(""), "key", RUN)).isEmpty();
    }

    @Test
    void aTickThatComesWhileTheApiEndsIsNoPoison() {
        // Given
        Watchdog watchdog = new Watchdog(orphans, null, null);
        watchdog.stop(null);
        // Then
        assertThatCode(watchdog::look).doesNotThrowAnyException();
    }

    private static Stored stored(String text) {
        return new Stored(text.getBytes(StandardCharsets.UTF_8), "etag");
    }

    private static S3Settings at(HttpServer store) {
        URI endpoint = URI.create("http://127.0.0.1:" + store.getAddress().getPort());
        return new S3Settings() {
            @Override
            public Optional<URI> endpoint() {
                return Optional.of(endpoint);
            }

            @Override
            public String region() {
                return "us-east-1";
            }

            @Override
            public Optional<String> accessKeyId() {
                return Optional.of("test");
            }

            @Override
            public Optional<String> secretAccessKey() {
                return Optional.of("test");
            }

            @Override
            public boolean pathStyle() {
                return true;
            }

            @Override
            public Optional<Path> ca() {
                return Optional.empty();
            }

            @Override
            public String bucket() {
                return "vedette";
            }
        };
    }
}
