package io.vedette.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reaches whom in a cluster. */
class NetworkPoliciesTest {
    @ParameterizedTest
    @ValueSource(strings = {Chart.LEAST, Chart.MOST})
    void everyPodHasAPolicyAndOnlyTheApiAndTheEvaluatorReachPostgres(String values) {
        Map<String, JsonNode> policies = Manifests.of(values).all("NetworkPolicy").stream()
                .collect(Collectors.toMap(
                        it -> it.at("/spec/podSelector/matchLabels/app.kubernetes.io~1component")
                                .asText(),
                        Function.identity()));
        assertThat(policies.keySet()).isEqualTo(Manifests.of(values).pods().keySet());
        policies.forEach((name, policy) -> {
            assertThat(policy.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
            assertThat(policy.at("/spec/egress").findValuesAsText("port"))
                    .as(name)
                    .containsAll(values.equals(Chart.MOST) ? List.of("9093", "8333", "4318") : List.of("9092", "8333"));
            assertThat(policy.at("/spec/egress").findValuesAsText("port").contains("5432"))
                    .as(name)
                    .isEqualTo(Set.of("api", "evaluator").contains(name));
        });
    }

    @Test
    void rulesOfOnesOwnAreInEveryPolicyAndKeysOfAPodIdentityCanBeFetched() {
        ObjectNode values = Chart.values(Chart.LEAST);
        values.withArray("/networkPolicy/extraEgress")
                .addObject()
                .withArray("ports")
                .addObject()
                .put("port", 6432);
        values.withObject("/s3").put("existingSecret", "");
        assertThat(Manifests.of(values).all("NetworkPolicy"))
                .hasSize(4)
                .allMatch(it -> it.findValuesAsText("port").contains("6432"))
                .allMatch(it -> it.findValuesAsText("cidr").contains("169.254.170.23/32"));
        assertThat(Manifests.of(Chart.LEAST).all("NetworkPolicy"))
                .noneMatch(it -> it.toString().contains("169.254"));
    }
}
