package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vedette.standalone.ServiceProcesses.ServiceProcess;
import io.vedette.standalone.stack.Folders;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A GPU that was asked for by name and is not there. No stack is needed to find out. */
@Tag("stack")
class MissingDeviceTest {
    private Path folder;
    private ServiceProcesses services;
    private Map<String, String> settings;

    @BeforeEach
    void prepare() throws IOException {
        assumeThat(Path.of("/dev/nvidiactl")).as("this machine has a GPU").doesNotExist();
        folder = Files.createTempDirectory("vedette-test-");
        Path software = Path.of("").toAbsolutePath().getParent();
        services = new ServiceProcesses(
                StackLayout.of(new Home(folder.resolve("home")), Ports.free(), software, Map.of()), folder);
        settings = Map.of(
                "VEDETTE_DEVICE",
                "gpu",
                "DJL_CACHE_DIR",
                software.resolve("standalone/target/djl").toString());
    }

    @AfterEach
    void clean() throws IOException {
        services.close();
        Folders.delete(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer-worker", "evaluator-worker", "inference-service"})
    void aServiceThatIsToUseAGpuAndSeesNoneSaysSoAndEnds(String module) throws Exception {
        ServiceProcess service = services.start(module, settings);
        assertThat(service.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(service.process().exitValue()).as(service.said()).isEqualTo(1);
        assertThat(service.said())
                .contains("vedette.device is gpu, but PyTorch sees no GPU.")
                .doesNotContain("IllegalArgumentException");
    }
}
