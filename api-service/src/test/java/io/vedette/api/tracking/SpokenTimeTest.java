package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpokenTimeTest {
    @Test
    void timesAreSaidInTheLargestUnitThatLeavesNoRest() {
        assertThat(SpokenTime.of(Duration.ofMillis(1500))).isEqualTo("1500 ms");
        assertThat(SpokenTime.of(Duration.ZERO)).isEqualTo("0 s");
        assertThat(SpokenTime.of(Duration.ofSeconds(2))).isEqualTo("2 s");
        assertThat(SpokenTime.of(Duration.ofSeconds(90))).isEqualTo("90 s");
        assertThat(SpokenTime.of(Duration.ofSeconds(60))).isEqualTo("1 minute");
        assertThat(SpokenTime.of(Duration.ofMinutes(5))).isEqualTo("5 minutes");
        assertThat(SpokenTime.of(Duration.ofMinutes(90))).isEqualTo("90 minutes");
        assertThat(SpokenTime.of(Duration.ofHours(1))).isEqualTo("1 hour");
        assertThat(SpokenTime.of(Duration.ofHours(24))).isEqualTo("24 hours");
    }
}
