package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that is to use a GPU takes no work where there is none. */
@Tag("stack")
class NoGpuTest {
    private static final Path SOFTWARE = Path.of("").toAbsolutePath().getParent();
    private static final String NOWHERE = "127.0.0.1:1";

    @ParameterizedTest
    @ValueSource(strings = {"trainer-worker", "inference-service"})
    void serviceSaysSoAndDoesNotStart(String module) throws IOException, InterruptedException {
        assumeThat(Path.of("/dev/nvidia0")).doesNotExist();
        // Given
        Path jar = SOFTWARE.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        assertThat(jar).exists();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder service = new ProcessBuilder(java, "-Xmx256m", "-Dai.djl.offline=true", "-jar", jar.toString());
        service.environment()
                .putAll(Map.of(
                        "VEDETTE_DEVICE",
                        "gpu",
                        "VEDETTE_MANAGEMENT_PORT",
                        "0",
                        "VEDETTE_INFERENCE_PORT",
                        "0",
                        "VEDETTE_INFERENCE_SECRET",
                        "0123456789abcdef0123456789abcdef",
                        "VEDETTE_KAFKA_BOOTSTRAP_SERVERS",
                        NOWHERE,
                        "VEDETTE_S3_ENDPOINT",
                        "http://" + NOWHERE,
                        "DJL_CACHE_DIR",
                        SOFTWARE.resolve("standalone/target/djl").toString(),
                        "VEDETTE_WORKER_SCRATCH",
                        Files.createTempDirectory("vedette-test-").toString()));
        // When
        Process started = service.redirectErrorStream(true).start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Then
        assertThat(started.waitFor()).isNotZero();
        assertThat(said).contains("vedette.device is gpu, but there is no GPU that PyTorch can use; take auto or cpu");
    }
}
