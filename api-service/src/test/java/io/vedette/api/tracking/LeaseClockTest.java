package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final LeaseClock FRESH = new LeaseClock(0, 0, Optional.empty());

    @Test
    void theFirstTickOnlyStartsTheClock() {
        assertThat(FRESH.ticked(NOON, TICK)).isEqualTo(new LeaseClock(0, 0, Optional.of(NOON)));
    }

    @Test
    void leaseTimeIsTheBrokersTimeBetweenTicks() {
        assertThat(FRESH.ticked(NOON, TICK)
                        .ticked(NOON.plusSeconds(5), TICK)
                        .ticked(NOON.plusSeconds(7), TICK)
                        .elapsed())
                .isEqualTo(7_000);
    }

    @Test
    void anOutageCountsAsTenSecondsAtMost() {
        assertThat(FRESH.ticked(NOON, TICK)
                        .ticked(NOON.plus(Duration.ofHours(3)), TICK)
                        .elapsed())
                .isEqualTo(10_000);
    }

    @Test
    void aBrokersClockThatGoesBackMakesNoTimePass() {
        // Given
        LeaseClock clock = FRESH.ticked(NOON, TICK);
        // When
        LeaseClock back = clock.ticked(NOON.minusSeconds(60), TICK);
        // Then
        assertThat(back.elapsed()).isZero();
        assertThat(back.ticked(NOON.minusSeconds(57), TICK).elapsed()).isEqualTo(3_000);
    }

    @Test
    void anOffsetIsAppliedOnce() {
        // Given
        LeaseClock clock = FRESH.applied(41);
        // Then
        assertThat(clock.hasApplied(41)).isTrue();
        assertThat(clock.hasApplied(42)).isFalse();
    }
}
