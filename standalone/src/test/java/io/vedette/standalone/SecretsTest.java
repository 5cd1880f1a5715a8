package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;

/** The secrets of a stack that has worked for a while are where they belong and nowhere else. */
@StackTest
class SecretsTest {
    private static final long LARGEST_READ = 64 << 20;

    @Test
    void secretsAreInTheirFilesAndNowhereElseInTheHome(Customer customer, StackLayout stack) throws IOException {
        // Given
        Path home = stack.home().directory();
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", List.of("not a line"));
        List<String> secrets = secrets(customer, stack);
        Set<Path> theirs = Stream.of("credentials", "secrets-key", "run/postgres-password", "run/inference-secret")
                .map(home::resolve)
                .collect(Collectors.toSet());
        // Then
        List<Path> others = new ArrayList<>();
        try (Stream<Path> all = Files.walk(home)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !theirs.contains(file) && hasAny(file, secrets))
                    .forEach(others::add);
        }
        assertThat(others).isEmpty();
        assertThat(theirs).allSatisfy(file -> {
            assertThat(hasAny(file, secrets)).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }

    @Test
    void noProcessShowsASecretInItsArgumentsOrWouldDumpItsMemory(Customer customer, StackLayout stack) {
        List<String> secrets = secrets(customer, stack);
        List<String> commands = commands();
        assertThat(commands).anyMatch(command -> command.contains("quarkus-run.jar"));
        assertThat(commands).noneMatch(command -> secrets.stream().anyMatch(command::contains));
        assertThat(commands)
                .filteredOn(command -> command.contains(stack.software().toString()))
                .noneMatch(command -> command.contains("HeapDump"));
    }

    /** All that a customer or the operator must not find anywhere, a key's that was made just now among it. */
    private static List<String> secrets(Customer customer, StackLayout stack) {
        ObjectNode request = new ObjectMapper().createObjectNode().put("Name", "secrets");
        request.putArray("Policies").add("AdministratorAccess");
        try (Extensions extensions = new Extensions(customer.vision())) {
            String made = extensions
                    .call(SdkHttpMethod.POST, "access-keys", request)
                    .get("SecretAccessKey")
                    .asText();
            return List.of(
                    made,
                    stack.credentials().secretAccessKey(),
                    stack.credentials().postgresPassword(),
                    stack.credentials().inferenceSecret(),
                    stack.credentials().secretsKey());
        }
    }

    private static boolean hasAny(Path file, List<String> secrets) {
        try {
            if (Files.size(file) > LARGEST_READ) {
                return false; // a network's weights, Kafka's empty indexes
            }
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return secrets.stream().anyMatch(bytes::contains);
        } catch (IOException gone) {
            return false; // of a running stack
        }
    }

    private static List<String> commands() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(each -> each.getFileName().toString().matches("\\d+"))
                    .map(SecretsTest::command)
                    .toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String command(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }
}
