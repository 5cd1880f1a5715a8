package io.vedette.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Who hears a signed call may send it again for a quarter of an hour, as with AWS: what protects is TLS, what limits the
 * harm is that it can only be the same call. docs/threat-model.md.
 */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class ReplayTest {
    private static final String PROJECTS = "/2020-11-20/projects";

    private final SignedCalls root = SignedCalls.ofRoot();
    private final String name = "p" + UUID.randomUUID();
    private final String body = "{\"ProjectName\":\"" + name + "\"}";

    @Test
    void aReplayWithAClientTokenChangesNothingAndIsAnsweredAsBefore() {
        // Given
        Map<String, String> heard = root.signed("POST", PROJECTS, Map.of("X-Amzn-Client-Token", "t-" + name), body);
        Answer first = SignedCalls.send("POST", PROJECTS, heard, body);
        // When
        Answer replayed = SignedCalls.send("POST", PROJECTS, heard, body);
        // Then
        assertThat(first.status()).isEqualTo(200);
        assertThat(replayed.status()).isEqualTo(200);
        assertThat(replayed.body()).isEqualTo(first.body());
    }

    @Test
    void aReplayCannotBeAnotherCall() {
        // Given
        Map<String, String> heard = root.signed("POST", PROJECTS, Map.of("X-Amzn-Client-Token", "t-" + name), body);
        SignedCalls.send("POST", PROJECTS, heard, body);
        Map<String, String> otherToken = new HashMap<>(heard);
        otherToken.put("X-Amzn-Client-Token", "t-other");
        Map<String, String> otherHost = new HashMap<>(heard);
        otherHost.put("Host", "vedette.example");
        // Then
        assertRefused(SignedCalls.send("POST", PROJECTS, otherToken, body));
        assertRefused(SignedCalls.send("POST", PROJECTS, otherHost, body));
        assertRefused(SignedCalls.send("POST", PROJECTS, heard, body.replace(name, name + "-2")));
        assertRefused(SignedCalls.send("DELETE", PROJECTS + "/" + name, heard, ""));
    }

    @Test
    void aReplayOfADeletionDeletesAgainWithinItsQuarterOfAnHour() {
        // Given
        root.post(PROJECTS, body);
        Map<String, String> heard = root.signed("DELETE", PROJECTS + "/" + name, Map.of(), "");
        assertThat(SignedCalls.send("DELETE", PROJECTS + "/" + name, heard, "").status())
                .isEqualTo(200);
        root.post(PROJECTS, body);
        // When
        Answer replayed = SignedCalls.send("DELETE", PROJECTS + "/" + name, heard, "");
        // Then
        assertThat(replayed.status()).isEqualTo(200);
        assertThat(root.get(PROJECTS + "/" + name).status()).isEqualTo(404);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("InvalidSignatureException");
    }
}
