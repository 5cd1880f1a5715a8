package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Other people's operators, as deploy/helm/examples has them: each name that the values speak of is one that they make. */
class ExamplesTest {
    private static final Path EXAMPLES = Chart.DEPLOY.resolve("helm/examples");
    private static final ObjectNode VALUES = Chart.values(Chart.MOST);

    @Test
    void kafkaIsWhereTheValuesSayAndTakesTheirUser() throws IOException {
        Manifests strimzi = example("strimzi.yaml");
        assertThat(strimzi.all())
                .extracting(it -> it.path("apiVersion").asText())
                .containsOnly("kafka.strimzi.io/v1");
        JsonNode kafka = strimzi.all("Kafka").get(0);
        String cluster = name(kafka);
        JsonNode listener = kafka.at("/spec/kafka/listeners/0");
        assertThat(value("/kafka/bootstrapServers"))
                .isEqualTo(cluster + "-kafka-bootstrap.vedette.svc:"
                        + listener.path("port").asInt());
        assertThat(listener.path("tls").asBoolean()).isTrue();
        assertThat(listener.path("type").asText()).isEqualTo("internal");
        assertThat(listener.at("/authentication/type").asText()).isEqualTo("scram-sha-512");
        assertThat(value("/kafka/tls/ca/existingSecret")).isEqualTo(cluster + "-cluster-ca-cert");
        JsonNode config = kafka.at("/spec/kafka/config");
        assertThat(config.path("group.initial.rebalance.delay.ms").asInt(-1)).isZero();
        assertThat(config.path("default.replication.factor").asInt())
                .isEqualTo(VALUES.at("/kafka/replicationFactor").asInt());
        JsonNode user = strimzi.all("KafkaUser").get(0);
        assertThat(user.at("/spec/authentication/password/valueFrom/secretKeyRef/name")
                        .asText())
                .isEqualTo(value("/kafka/sasl/existingSecret"));
        assertThat(List.of(user, strimzi.all("KafkaNodePool").get(0)))
                .allMatch(it ->
                        it.at("/metadata/labels/strimzi.io~1cluster").asText().equals(cluster));
    }

    @Test
    void theUserOfKafkaMayDoWhatTheDocumentsSayAndNothingElse() throws IOException {
        String documents = Files.readString(Chart.DEPLOY.resolveSibling("docs/kubernetes.md"));
        for (JsonNode rule : example("strimzi.yaml").all("KafkaUser").get(0).at("/spec/authorization/acls")) {
            String type = rule.at("/resource/type").asText();
            if (!type.equals("cluster")) {
                assertThat(rule.at("/resource/name").asText()).isEqualTo(value("/kafka/topicPrefix"));
                assertThat(rule.at("/resource/patternType").asText()).isEqualTo("prefix");
            }
            List<String> operations = new ArrayList<>();
            rule.path("operations").forEach(operation -> operations.add(operation.asText()));
            String told = String.join(", ", operations).replaceAll(", (\\w+)$", " and $1");
            assertThat(documents).contains(told + (type.equals("cluster") ? " on the cluster" : " on " + type + "s"));
        }
    }

    @Test
    void postgresHasTheDatabaseTheSecretsAndRoomForAllConnections() throws IOException {
        JsonNode cluster = example("cloudnativepg.yaml").all("Cluster").get(0);
        assertThat(value("/postgres/host")).isEqualTo(name(cluster) + "-rw");
        assertThat(value("/postgres/existingSecret")).isEqualTo(name(cluster) + "-app");
        assertThat(value("/postgres/tls/ca/existingSecret")).isEqualTo(name(cluster) + "-ca");
        JsonNode defaults = Chart.values("helm/vedette/values.yaml");
        assertThat(cluster.at("/spec/bootstrap/initdb/database").asText())
                .isEqualTo(defaults.at("/postgres/database").asText());
        int taken = VALUES.at("/api/replicas").asInt()
                        * defaults.at("/api/connections").asInt()
                + VALUES.at("/evaluator/replicas").asInt() * 4;
        assertThat(cluster.at("/spec/postgresql/parameters/max_connections").asInt())
                .isGreaterThan(taken);
    }

    @Test
    void podsAreScrapedUnderTheNamesThatDashboardAndAlertsGoBy() throws IOException {
        JsonNode monitor = example("podmonitor.yaml").all("PodMonitor").get(0);
        JsonNode endpoint = monitor.at("/spec/podMetricsEndpoints/0");
        assertThat(endpoint.path("path").asText()).isEqualTo("/q/metrics");
        JsonNode relabelings = endpoint.path("relabelings");
        assertThat(relabelings.findValuesAsText("targetLabel")).containsExactly("job", "service");
        String scrapes = Files.readString(Chart.DEPLOY.resolve("observability/prometheus.yml"));
        Manifests rendered = Manifests.of(Chart.MOST);
        rendered.pods().forEach((component, pod) -> {
            String job = relabelings.at("/0/replacement").asText().replace("$1", component);
            assertThat(scrapes).contains("job_name: " + job + "\n");
            assertThat(pod.at("/containers/0/ports").findValuesAsText("name"))
                    .contains(endpoint.path("port").asText());
        });
        assertThat(relabelings.at("/1/regex").asText()).isEqualTo("api");
        rendered.one("Service", relabelings.at("/1/replacement").asText());
    }

    /** A file of manifests. */
    private static Manifests example(String file) throws IOException {
        return new Manifests(Chart.manifests(Files.readString(EXAMPLES.resolve(file))));
    }

    private static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }

    private static String value(String path) {
        return VALUES.at(path).asText();
    }
}
