package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private long nanos;
    private final Pulse pulse = new Pulse(() -> nanos);

    @Test
    void ticksThatAreSaidAndNeverHeardAreASilence() {
        tick(30);
        assertThat(pulse.silence()).isEqualTo(Duration.ofSeconds(150));
    }

    @Test
    void whatIsHeardEndsTheSilence() {
        tick(30);
        pulse.heard();
        assertThat(pulse.silence()).isZero();
        tick(2);
        assertThat(pulse.silence()).isZero();
    }

    @Test
    void anOutageOfTheBrokerIsNoSilence() {
        tick(1); // acknowledged with the broker's last breath
        nanos += Duration.ofHours(1).toNanos();
        assertThat(pulse.silence()).isZero();
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            pulse.said();
            nanos += Duration.ofSeconds(5).toNanos();
        }
    }
}
