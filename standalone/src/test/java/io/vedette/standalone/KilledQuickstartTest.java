package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.stack.Credentials;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.RunningStack.PartState;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** {@code kill -9} of the launcher and of all that it has started, as a power cut does, with the leases of production. */
@Isolated
@Tag("fault") // it waits for a lease: with -Pfaults
class KilledQuickstartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private final Ports ports = Ports.free();
    private Home home;
    private Credentials credentials;

    @AfterEach
    void stop() {
        RunningStack.of(home).stop();
    }

    @Test
    void theModelIsTrainedOnceTheStackIsUpAgain() throws IOException {
        // Given
        home = new Home(folder.resolve("home"));
        credentials = StackLayout.of(home, ports, Watched.ROOT, Map.of()).credentials();
        Process quickstart = vedette("quickstart");
        await().atMost(PATIENCE)
                .until(() -> model().filter(KilledQuickstartTest::learns).isPresent());
        // When
        killAll(quickstart);
        vedette("up");
        await().atMost(PATIENCE).until(RunningStack.of(home)::ready);
        // Then
        assertThat(model().orElseThrow().status()).isEqualTo(ModelStatus.TRAINING);
        ModelDescription model = await().atMost(PATIENCE)
                .until(() -> model().orElseThrow(), found -> found.status() != ModelStatus.TRAINING);
        assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
        assertThat(model.performance().f1Score()).isGreaterThan(0.7F);
    }

    private static boolean learns(ModelDescription model) {
        return model.statusMessage().contains("Training: ");
    }

    /** As {@code ./vedette} begins it once all is built. */
    private Process vedette(String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dvedette.root=" + Watched.ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                VedetteCommand.class.getName(),
                command);
        builder.environment()
                .putAll(Map.of(
                        "VEDETTE_HOME", home.directory().toString(),
                        "VEDETTE_API_PORT", Integer.toString(ports.api()),
                        "VEDETTE_S3_PORT", Integer.toString(ports.s3()),
                        "VEDETTE_KAFKA_PORT", Integer.toString(ports.kafka()),
                        "VEDETTE_POSTGRES_PORT", Integer.toString(ports.postgres()),
                        "VEDETTE_BACKBONE", "mobilenet-v2",
                        "DJL_CACHE_DIR",
                                Watched.ROOT.resolve("standalone/target/djl").toString()));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(command + ".log").toFile())
                .start();
    }

    /** @return empty while there is no such model, or nobody who answers */
    private Optional<ModelDescription> model() {
        try (Clients clients = Clients.of(ports, credentials)) {
            return Optional.of(clients.vision()
                    .describeModel(request -> request.projectName("quickstart").modelVersion("1"))
                    .modelDescription());
        } catch (SdkException notYet) {
            return Optional.empty();
        }
    }

    private void killAll(Process launcher) {
        List<ProcessHandle> all = new ArrayList<>();
        Stream.concat(
                        Stream.of(launcher.toHandle()),
                        RunningStack.of(home).parts().stream()
                                .map(PartState::pid)
                                .flatMap(Optional::stream)
                                .map(ProcessHandle::of)
                                .flatMap(Optional::stream))
                .forEach(process -> {
                    all.add(process);
                    process.descendants().forEach(all::add);
                });
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }
}
