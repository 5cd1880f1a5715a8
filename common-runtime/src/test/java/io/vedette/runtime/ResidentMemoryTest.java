package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
    @Test
    void aJvmHoldsMoreThanTenMegabytesAndWhoIsGoneNothing() {
        assumeThat(Path.of("/proc/self/status")).exists();
        assertThat(ResidentMemory.bytes(ProcessHandle.current().pid())).isGreaterThan(10e6);
        assertThat(ResidentMemory.bytes(4_194_305))
                .as("beyond the largest process id")
                .isNaN();
    }
}
