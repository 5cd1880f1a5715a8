package io.vedette.standalone;

import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Services that a test starts itself, from the jars that production runs; they are killed when it is closed. */
final class ServiceProcesses implements AutoCloseable {
    private final StackLayout layout;
    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    /** @param folder for logs and scratch files */
    ServiceProcesses(StackLayout layout, Path folder) {
        this.layout = layout;
        this.folder = folder;
    }

    /** A service of one's own, and where it logs and tells of its health. */
    record ServiceProcess(Process process, Path log, int managementPort) {
        /** What it has printed up to now. */
        String said() throws IOException {
            return Files.readString(log);
        }

        /** The status of one of the health checks, or -1 if nobody answers. */
        int health(String check) throws InterruptedException {
            URI address = URI.create("http://127.0.0.1:" + managementPort + "/q/health/" + check);
            try {
                return HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException silence) {
                return -1;
            }
        }
    }

    ServiceProcess start(String module, Map<String, String> settings, String... arguments) throws IOException {
        Ports free = Ports.free();
        int port = free.api();
        Path log = folder.resolve(module + "-" + port + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
        command.add(layout.software()
                .resolve(module)
                .resolve("target/quarkus-app/quarkus-run.jar")
                .toString());
        command.addAll(List.of(arguments));
        ProcessBuilder service =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = service.environment();
        environment.put(
                "VEDETTE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + layout.ports().kafka());
        environment.put(
                "VEDETTE_S3_ENDPOINT", "http://127.0.0.1:" + layout.ports().s3());
        environment.put("VEDETTE_S3_ACCESS_KEY_ID", layout.credentials().accessKeyId());
        environment.put("VEDETTE_S3_SECRET_ACCESS_KEY", layout.credentials().secretAccessKey());
        environment.put("VEDETTE_INFERENCE_SECRET", layout.credentials().inferenceSecret());
        environment.put("VEDETTE_INFERENCE_PORT", Integer.toString(free.s3()));
        environment.put("VEDETTE_MANAGEMENT_PORT", Integer.toString(port));
        environment.put(
                "VEDETTE_WORKER_SCRATCH", folder.resolve("scratch-" + port).toString());
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        environment.put("GOMP_SPINCOUNT", "0");
        environment.putAll(settings);
        Process process = service.start();
        started.add(process);
        return new ServiceProcess(process, log, port);
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
