package io.vedette.standalone;

import com.github.dockerjava.api.exception.NotFoundException;
import io.vedette.standalone.stack.Entry;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.yaml.snakeyaml.Yaml;

/**
 * Kafka, Postgres and S3 as docker-compose.yml has them, each in a container, for a stack whose services are processes.
 * Only where {@code -Dvedette.test.containers=true} asks for them and an engine and the images are there; else there are
 * none, and the stack is to start the embedded ones.
 */
final class Containers implements AutoCloseable {
    private static final List<String> NAMES = List.of("kafka", "postgres", "s3");

    private final Map<String, GenericContainer<?>> started;

    private Containers(Map<String, GenericContainer<?>> started) {
        this.started = started;
    }

    /** Started, or none; a sentence on the standard output says which, and why. */
    static Containers of(StackLayout layout) throws IOException {
        if (!Boolean.getBoolean("vedette.test.containers")) {
            System.out.println("Kafka, Postgres and S3 of the tests are the embedded ones.");
            return new Containers(Map.of());
        }
        Map<String, Map<String, Object>> services = services(layout.software());
        Optional<String> trouble = trouble(services);
        if (trouble.isPresent()) {
            System.out.println("Kafka, Postgres and S3 of the tests are the embedded ones, not containers: "
                    + trouble.get() + ".");
            return new Containers(Map.of());
        }
        Containers all = new Containers(Map.of(
                "kafka", kafka(services.get("kafka"), layout.ports()),
                "postgres", postgres(services.get("postgres"), layout),
                "s3", s3(services.get("s3"), layout)));
        Startables.deepStart(all.started.values()).join();
        System.out.println("Kafka, Postgres and S3 of the tests are containers of "
                + NAMES.stream().map(name -> image(services.get(name))).collect(Collectors.joining(", ")) + ".");
        return all;
    }

    /** What the stack has to start itself. */
    List<String> parts() {
        return RunningStack.PARTS.stream()
                .filter(part -> !started.containsKey(part))
                .toList();
    }

    /** The containers become parts of the stack that runs by now, for tests that ask where one listens, or how it is. */
    void enter(StackLayout layout) throws IOException {
        for (Map.Entry<String, GenericContainer<?>> each : started.entrySet()) {
            long pid = each.getValue().getCurrentContainerInfo().getState().getPidLong();
            Entry.of(layout, each.getKey(), pid, address(each.getKey(), layout.ports()));
        }
    }

    private static String address(String name, Ports ports) {
        return switch (name) {
            case "kafka" -> "127.0.0.1:" + ports.kafka();
            case "postgres" -> "127.0.0.1:" + ports.postgres();
            default -> "http://127.0.0.1:" + ports.s3();
        };
    }

    private static GenericContainer<?> kafka(Map<String, Object> service, Ports ports) {
        return container(
                service,
                9092,
                ports.kafka(),
                Map.of("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + ports.kafka()));
    }

    private static GenericContainer<?> postgres(Map<String, Object> service, StackLayout layout) {
        return container(
                service,
                5432,
                layout.ports().postgres(),
                Map.of("POSTGRES_PASSWORD", layout.credentials().postgresPassword()));
    }

    private static GenericContainer<?> s3(Map<String, Object> service, StackLayout layout) {
        return container(
                service,
                8333,
                layout.ports().s3(),
                Map.of(
                        "AWS_ACCESS_KEY_ID", layout.credentials().accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", layout.credentials().secretAccessKey()));
    }

    /** @param own takes the place of what the file says, its secrets above all */
    private static GenericContainer<?> container(
            Map<String, Object> service, int inside, int port, Map<String, String> own) {
        GenericContainer<?> container = new GenericContainer<>(image(service));
        Map<String, String> environment = new HashMap<>();
        ((Map<?, ?>) service.get("environment")).forEach((name, value) -> environment.put("" + name, "" + value));
        environment.putAll(own);
        container
                .withEnv(environment)
                .withExposedPorts(inside)
                .waitingFor(Wait.forSuccessfulCommand(healthCheck(service)));
        // known beforehand, as the broker sends its clients there; on this machine alone
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + inside));
        if (service.containsKey("entrypoint")) {
            container.withCommand(words(service, "command"));
            container.withCreateContainerCmdModifier(command -> command.withEntrypoint(words(service, "entrypoint")));
        }
        return container;
    }

    private static Optional<String> trouble(Map<String, Map<String, Object>> services) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no Docker engine answers");
        }
        return NAMES.stream()
                .map(name -> image(services.get(name)))
                .filter(image -> !isThere(image))
                .findFirst()
                .map(image -> "the image " + image + " is not there (docker pull " + image
                        + ", or deploy/testing/stand-ins.sh build)");
    }

    private static boolean isThere(String image) {
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException missing) {
            return false;
        }
    }

    private static Map<String, Map<String, Object>> services(Path software) throws IOException {
        try (Reader file = Files.newBufferedReader(software.resolve("docker-compose.yml"))) {
            Map<String, Map<String, Map<String, Object>>> all = new Yaml().load(file);
            return all.get("services");
        }
    }

    private static String image(Map<String, Object> service) {
        return (String) service.get("image");
    }

    /** What runs inside tells of it: outside, the engine listens before the container does. */
    private static String healthCheck(Map<String, Object> service) {
        List<?> words = (List<?>) ((Map<?, ?>) service.get("healthcheck")).get("test");
        return words.subList(1, words.size()).stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String[] words(Map<String, Object> service, String key) {
        return ((List<?>) service.get(key)).stream().map(String::valueOf).toArray(String[]::new);
    }

    @Override
    public void close() {
        started.values().forEach(GenericContainer::stop);
    }
}
