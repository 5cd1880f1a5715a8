package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final LeaseClock FRESH = new LeaseClock(0, 0, Optional.empty());

    @Test
    void theFirstTickOnlyStartsTheClock() {
        assertThat(FRESH.ticked(NOON)).isEqualTo(new LeaseClock(0, 0, Optional.of(NOON)));
    }

    @Test
    void leaseTimeIsTheBrokersTimeBetweenTicks() {
        assertThat(FRESH.ticked(NOON)
                        .ticked(NOON.plusSeconds(5))
                        .ticked(NOON.plusSeconds(7))
                        .elapsed())
                .isEqualTo(7_000);
    }

    @Test
    void anOutageCountsAsTenSecondsAtMost() {
        assertThat(FRESH.ticked(NOON).ticked(NOON.plus(Duration.ofHours(3))).elapsed())
                .isEqualTo(10_000);
    }

    @Test
    void aBrokersClockThatGoesBackMakesNoTimePass() {
        // Given
        LeaseClock clock = FRESH.ticked(NOON);
        // When
        LeaseClock back = clock.ticked(NOON.minusSeconds(60));
        // Then
        assertThat(back.elapsed()).isZero();
        assertThat(back.ticked(NOON.minusSeconds(57)).elapsed()).isEqualTo(3_000);
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
