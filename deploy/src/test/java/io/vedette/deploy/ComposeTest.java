package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml: what can be read off it, and, where it is asked for and an engine is, a run of it. */
class ComposeTest {
    private static final Path ROOT = Chart.DEPLOY.getParent();
    private static final Map<String, JsonNode> SERVICES = new TreeMap<>();
    private static final Map<String, JsonNode> OURS = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (Reader file = Files.newBufferedReader(ROOT.resolve("docker-compose.yml"))) {
            Map<String, Object> merged = new Yaml().load(file); // with what "<<" stands for
            Chart.YAML
                    .valueToTree(merged.get("services"))
                    .properties()
                    .forEach(it -> SERVICES.put(it.getKey(), it.getValue()));
        }
        SERVICES.forEach((name, service) -> {
            if (service.has("build")) {
                OURS.put(name, service);
            }
        });
        assertThat(OURS).hasSize(6);
    }

    @Test
    void onlyTheApiCanBeReachedAndOnlyFromThisMachine() {
        SERVICES.forEach((name, service) -> {
            assertThat(service.has("ports")).as(name).isEqualTo(name.equals("api"));
            assertThat(service.has("network_mode")).as(name).isFalse();
            assertThat(service.path("networks").toString().contains("front"))
                    .as(name)
                    .isEqualTo(name.equals("api"));
        });
        assertThat(SERVICES.get("api").at("/ports/0").asText()).startsWith("127.0.0.1:");
    }

    @Test
    void noSecretHasAValueThatAnyoneCouldLeaveInProduction() throws IOException {
        Set<String> asked = new TreeSet<>();
        SERVICES.forEach((name, service) -> service.path("environment")
                .properties()
                .forEach(variable -> {
                    if (variable.getKey().equals("VEDETTE_SECRETS_PREVIOUS_KEY")) {
                        assertThat(variable.getValue().asText()).isEqualTo("${VEDETTE_SECRETS_PREVIOUS_KEY:-}");
                    } else if (variable.getKey().matches(".*(PASSWORD|SECRET|ACCESS_KEY|SECRETS_KEY).*")) {
                        String value = variable.getValue().asText();
                        assertThat(value)
                                .as(name + " " + variable.getKey())
                                .matches("\\$\\{[A-Z0-9_]+:\\?set it in \\.env}");
                        asked.add(value.substring(2, value.indexOf(':')));
                    }
                }));
        List<String> example = Files.readAllLines(ROOT.resolve(".env.example"));
        assertThat(asked).hasSize(7).allSatisfy(name -> assertThat(example).contains(name + "="));
    }

    @Test
    void ourContainersWriteNowhereMayNothingAndAreBounded() {
        OURS.forEach((name, service) -> {
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.path("cap_drop").toString()).as(name).isEqualTo("[\"ALL\"]");
            assertThat(service.path("security_opt").toString()).as(name).contains("no-new-privileges:true");
            assertThat(service.has("privileged")).as(name).isFalse();
        });
        SERVICES.forEach((name, service) ->
                assertThat(service.path("mem_limit").asText()).as(name).isNotEmpty());
    }

    @Test
    void everySettingIsOneThatTheServicesKnow() throws IOException {
        Set<String> known = Pods.documented();
        OURS.forEach((name, service) -> assertThat(service.path("environment").properties())
                .as(name)
                .extracting(Map.Entry::getKey)
                .isNotEmpty()
                .allMatch(known::contains));
    }

    @Test
    void eachServiceWaitsForTheHealthOfWhatItNeeds() {
        OURS.forEach((name, service) -> assertThat(service.path("depends_on").findValuesAsText("condition"))
                .as(name)
                .isNotEmpty()
                .allMatch("service_healthy"::equals));
        assertThat(List.of("kafka", "postgres", "s3"))
                .allMatch(name -> SERVICES.get(name).has("healthcheck"));
    }

    @Test
    void prometheusIsToldWhereTheContainersShowTheirMetrics() throws IOException {
        String scrapes = Files.readString(Chart.DEPLOY.resolve("observability/prometheus.yml"));
        List<String> targets = Pattern.compile("targets: \\['([^']+)']")
                .matcher(scrapes)
                .results()
                .map(target -> target.group(1))
                .toList();
        assertThat(targets).hasSize(4).allSatisfy(target -> {
            assertThat(SERVICES).containsKey(target.replaceAll(":.*", ""));
            assertThat(target).endsWith(":9180");
        });
        for (String image : List.of("service", "pytorch")) {
            assertThat(Files.readString(Chart.DEPLOY.resolve("images/" + image + ".Dockerfile")))
                    .contains("VEDETTE_MANAGEMENT_PORT=9180 ");
        }
    }

    @Test
    void theImagesAreToldWhatTheyAreMadeOf() throws IOException {
        String documents = Files.readString(ROOT.resolve("docs/deployment.md"));
        for (String told : List.of("VERSION", "REVISION", "CREATED")) {
            assertThat(OURS)
                    .allSatisfy((name, service) -> assertThat(
                                    service.at("/build/args/" + told).asText())
                            .as(name)
                            .startsWith("${VEDETTE_" + told + ":-"));
            assertThat(documents).contains(told.equals("VERSION") ? "-t vedette-api:" : "VEDETTE_" + told + "=");
        }
    }

    @Test
    void aServiceOnAGpuHasTheOneThatIsNamedForIt() throws IOException {
        String example = Files.readString(ROOT.resolve(".env.example"));
        for (String name : List.of("trainer", "inference")) {
            JsonNode device = SERVICES.get(name + "-gpu").at("/deploy/resources/reservations/devices/0");
            String variable = "VEDETTE_" + name.toUpperCase(Locale.ROOT) + "_GPU";
            assertThat(device.at("/device_ids/0").asText()).isEqualTo("${" + variable + ":-0}");
            assertThat(example).contains("#" + variable + "=0\n");
        }
        assertThat(Files.readString(Chart.DEPLOY.resolve("images/pytorch.Dockerfile")))
                .as("an image that asks for all GPUs has them on a node that gives it none")
                .doesNotContain("NVIDIA_VISIBLE_DEVICES");
    }

    @Test
    void theImagesAreUnprivilegedAndChecked() throws IOException {
        for (String image : List.of("service", "pytorch", "standalone")) {
            String file = Files.readString(Chart.DEPLOY.resolve("images/" + image + ".Dockerfile"));
            assertThat(file)
                    .as(image)
                    .contains("\nUSER 10001:10001\n", "useradd --uid 10001", "\nHEALTHCHECK ", "\nENTRYPOINT [\"java\"")
                    .contains("org.opencontainers.image.licenses=\"Apache-2.0\"")
                    .contains(Stream.of("title", "description", "version", "revision", "created", "source")
                            .map(label -> "org.opencontainers.image." + label + "=\"")
                            .toList());
            assertThat(file.contains("VEDETTE_LOG_JSON=true")).as(image).isNotEqualTo(image.equals("standalone"));
        }
    }

    @Test
    void thereIsAStandInForEveryImageThatIsNotOurs() throws IOException {
        String script = Files.readString(Chart.DEPLOY.resolve("testing/stand-ins.sh"));
        SERVICES.forEach((name, service) -> {
            if (!OURS.containsKey(name)) {
                assertThat(script).contains("\"" + service.path("image").asText() + " ");
            }
        });
    }

    /** Minutes each, and an engine: only where it is asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"compose-test.sh", "standalone-test.sh", "backup-test.sh"})
    void aProjectLivesItsWholeLifeInContainers(String script) throws IOException, InterruptedException {
        assumeThat(Boolean.getBoolean("vedette.test.containers"))
                .as("a run in containers was not asked for (-Dvedette.test.containers=true)")
                .isTrue();
        assumeThat(engine())
                .as("there is no Docker engine here, nor dockerd for root to start one")
                .isTrue();
        Process test = new ProcessBuilder("bash", "testing/" + script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(test.getInputStream().readAllBytes());
        assertThat(test.waitFor()).as(said).isZero();
    }

    private static boolean engine() throws InterruptedException {
        return succeeds("docker", "info") || succeeds("sh", "-c", "[ \"$(id -u)\" = 0 ] && command -v dockerd");
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
