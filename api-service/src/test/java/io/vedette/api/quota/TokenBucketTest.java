package io.vedette.api.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void itHoldsASecondsWorthAndFillsSteadily() {
        TokenBucket bucket = new TokenBucket(5, 0);
        for (int i = 0; i < 5; i++) {
            assertThat(bucket.take(5, 0)).isEmpty();
        }
        assertThat(bucket.take(5, 0)).contains(Duration.ofMillis(200));
        assertThat(bucket.take(5, SECOND / 10)).contains(Duration.ofMillis(100));
        assertThat(bucket.take(5, SECOND / 5)).isEmpty();
        assertThat(bucket.take(5, SECOND / 5)).isPresent();
    }

    @Test
    void anHourOfSilenceFillsItOnlyOnce() {
        TokenBucket bucket = new TokenBucket(2, 0);
        int taken = 0;
        while (bucket.take(2, 3600 * SECOND).isEmpty()) {
            taken++;
        }
        assertThat(taken).isEqualTo(2);
    }

    @Test
    void overTenSecondsFiveASecondAreLetThrough() {
        TokenBucket bucket = new TokenBucket(5, 0);
        int taken = 0;
        for (long now = 0; now < 10 * SECOND; now += SECOND / 100) {
            taken += bucket.take(5, now).isEmpty() ? 1 : 0;
        }
        assertThat(taken).isBetween(54, 55);
    }
}
