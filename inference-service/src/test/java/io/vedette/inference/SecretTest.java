package io.vedette.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vedette.common.inference.InferenceCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The inference service by itself: S3 is down. */
@QuarkusTest
@TestProfile(SecretTest.Alone.class)
class SecretTest {
    private static final String KEY =
            "models/00000000-0000-0000-0000-000000000001/runs/" + "00000000-0000-0000-0000-000000000002/artifact.json";

    @TestHTTPResource
    private URI service;

    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vedette.inference.secret", "right",
                    "vedette.s3.endpoint", "http://127.0.0.1:1",
                    "vedette.s3.access-key-id", "test",
                    "vedette.s3.secret-access-key", "test",
                    "quarkus.http.test-port", "0",
                    "quarkus.management.test-port", "0");
        }
    }

    @Test
    void nobodyIsAnsweredWithoutTheSecret() throws Exception {
        assertThat(load(KEY, null).statusCode()).isEqualTo(403);
        assertThat(load(KEY, "wrong").statusCode()).isEqualTo(403);
        assertThat(load(KEY, "rightx").statusCode()).isEqualTo(403);
    }

    @Test
    void aStoreThatDoesNotAnswerMayPass() throws Exception {
        HttpResponse<String> answer = load(KEY, "right");
        assertThat(answer.statusCode()).isEqualTo(InferenceCall.UNAVAILABLE);
        assertThat(answer.body()).contains("The object store did not answer");
    }

    @Test
    void aKeyOutsideTheModelsIsNone() throws Exception {
        assertThat(load("../secrets", "right").statusCode()).isEqualTo(400);
        assertThat(load("models/x/artifact.json", "right").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> load(String artifact, String secret) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        service.resolve(InferenceCall.LOAD + "?" + InferenceCall.ARTIFACT + "=" + artifact))
                .POST(BodyPublishers.noBody());
        if (secret != null) {
            request.header(InferenceCall.SECRET, secret);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
