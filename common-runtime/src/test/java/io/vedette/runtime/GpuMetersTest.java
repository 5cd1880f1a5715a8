package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.runtime.GpuMeters.Reading;
import org.junit.jupiter.api.Test;

class GpuMetersTest {
    /** As {@code nvidia-smi} 550 writes it. */
    @Test
    void readsALineOfNvidiaSmi() {
        assertThat(Reading.of("0, 1536, 81559, 37")).isEqualTo(new Reading("0", 1610612736.0, 81559 * 1048576.0, 0.37));
    }

    @Test
    void aCardThatDoesNotTellItsLoadHasNone() {
        assertThat(Reading.of("1, 12, 24576, [N/A]").load()).isNaN();
    }
}
