package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.parallel.Isolated;

/** With the timings that the services have of their own. */
@FaultTest(stack = FaultStack.Kind.REAL_TIMINGS)
@Isolated
class RealTimingsTest {
    /** Longer than the session, poll, throttled and lease timeouts. */
    @Fault(8)
    void aTrainingOfSixMinutesIsBegunOnce(Scene row) {
        // Given
        row.prepare("slow-360");
        // When
        String model = row.ask();
        row.ended(model, Duration.ofMinutes(9));
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).isEqualTo(1);
    }
}
