package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot be meant are refused before anything is rendered, by the name of the value. */
class BadValuesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/kafka/bootstrapServers | NONE | at '/kafka/bootstrapServers'",
                "/kafka/bootstrapServers | kafka | at '/kafka/bootstrapServers'",
                "/kafka/securityProtocol | TLS | at '/kafka/securityProtocol'",
                "/kafka/securityProtocol | SASL_SSL | at '/kafka/sasl/existingSecret'",
                "/kafka/replicationFactor | 0 | at '/kafka/replicationFactor'",
                "/postgres/host | jdbc:postgresql://db | at '/postgres/host'",
                "/postgres/existingSecret | NONE | at '/postgres/existingSecret'",
                "/postgres/password | hunter2 | additional properties 'password' not allowed",
                "/traces/endpoint | collector:4318 | at '/traces/endpoint'",
                "/s3/endpoint | s3.local:9000 | at '/s3/endpoint'",
                "/api/account | 1 | at '/api/account'",
                "/api/rootKey/existingSecret | NONE | at '/api/rootKey/existingSecret'",
                "/trainer/maxReplicas | 65 | at '/trainer/maxReplicas'",
                "/trainer/gpu/memory | half | at '/trainer/gpu/memory'",
                "/trainer/patience | 5 | at '/trainer/patience'",
                "/trainer/replicas | 2 | additional properties 'replicas' not allowed",
                "/inference/secret/existingSecret | NONE | at '/inference/secret/existingSecret'",
            })
    void aValueThatCannotBeMeantIsNamed(String path, String value, String named) throws IOException {
        ObjectNode values = Chart.values("helm/examples/values.yaml");
        JsonNode meant = value.equals("NONE") ? values.textNode("") : Chart.YAML.readTree(value);
        String parent = path.substring(0, path.lastIndexOf('/'));
        values.withObject(parent).set(path.substring(parent.length() + 1), meant);
        assertThatThrownBy(() -> Chart.rendered(values)).hasMessageContaining(named);
    }
}
