package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import org.junit.jupiter.api.Test;

/** On a real Postgres, with a store that answers as it is told. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class WatchdogTest extends TrackedModel {
    @Test
    void aTickThatComesWhileTheApiEndsIsNoPoison() {
        // Given
        Watchdog watchdog = new Watchdog(orphans, null, null);
        watchdog.stop(null);
        // Then
        assertThatCode(watchdog::look).doesNotThrowAnyException();
    }
}
