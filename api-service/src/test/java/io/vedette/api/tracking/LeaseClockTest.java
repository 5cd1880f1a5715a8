package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final LeaseClock FRESH = new LeaseClock(0, 0, Optional.empty(), Optional.empty());

    @Test
    void theFirstTickOnlyStartsTheClock() {
        assertThat(FRESH.ticked(NOON, TICK)).isEqualTo(new LeaseClock(0, 0, Optional.of(NOON), Optional.empty()));
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
        LeaseClock clock = FRESH.applied(41, NOON);
        // Then
        assertThat(clock.hasApplied(41, NOON)).isTrue();
        assertThat(clock.hasApplied(40, NOON.minusSeconds(1))).isTrue();
        assertThat(clock.hasApplied(42, NOON)).isFalse();
        assertThat(clock.hasApplied(42, NOON.minusSeconds(1)))
                .as("a broker's clock that goes back")
                .isFalse();
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() {
        // Given
        LeaseClock clock = FRESH.applied(41, NOON).applied(42, NOON.minusSeconds(3));
        // When
        LeaseClock anew = clock.applied(0, NOON.plusSeconds(1));
        // Then
        assertThat(clock.hasApplied(0, NOON)).isTrue();
        assertThat(clock.hasApplied(0, NOON.plusSeconds(1))).isFalse();
        assertThat(anew.hasApplied(0, NOON.plusSeconds(1))).isTrue();
        assertThat(anew.hasApplied(1, NOON.plusSeconds(2))).isFalse();
    }
}
