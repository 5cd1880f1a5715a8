package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.runtime.ObjectStore.Stored;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** On a real Postgres, with a store that answers as it is told. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class WatchdogTest extends TrackedModel {
    private static final UUID RUN = new UUID(0, 1);

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
}
