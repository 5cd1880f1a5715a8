package io.vedette.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class FrontDoorTest {
    private static final String PROJECTS = "/2020-11-20/projects";

    private final SignedCalls root = SignedCalls.ofRoot();
    private final String name = "p" + UUID.randomUUID();

    @Inject
    AccessKeys keys;

    @Inject
    Accounts accounts;

    @Inject
    RootKey rootKey;

    @Test
    void aCallWithoutASignatureIsRefused() {
        assertRefused(SignedCalls.send("GET", PROJECTS, Map.of(), ""), "MissingAuthenticationTokenException");
    }

    @Test
    @Tag("LV-003")
    void aWrongSecretIsRefused() {
        assertRefused(new SignedCalls("AKIATEST", "wrong", "us-east-1").get(PROJECTS), "InvalidSignatureException");
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertRefused(new SignedCalls("AKIANOBODY", "test", "us-east-1").get(PROJECTS), "UnrecognizedClientException");
    }

    @Test
    void aBodyThatWasNotSignedIsRefused() {
        Map<String, String> headers = root.signed("POST", PROJECTS, Map.of(), json());
        Answer answer = SignedCalls.send("POST", PROJECTS, headers, json().replace("p", "q"));
        assertRefused(answer, "InvalidSignatureException");
        assertThat(root.get(PROJECTS + "/" + name.replace("p", "q")).status()).isEqualTo(404);
    }

    @Test
    void aPathThatWasNotSignedIsRefused() {
        Map<String, String> headers = root.signed("GET", PROJECTS, Map.of(), "");
        assertRefused(SignedCalls.send("GET", PROJECTS + "/" + name, headers, ""), "InvalidSignatureException");
        assertRefused(SignedCalls.send("GET", PROJECTS + "?maxResults=1", headers, ""), "InvalidSignatureException");
    }

    @Test
    void anExtensionNeedsASignatureToo() {
        assertRefused(SignedCalls.send("GET", "/vedette/v1/any", Map.of(), ""), "MissingAuthenticationTokenException");
    }

    @Test
    void everyAnswerTellsTheServicesTime() {
        Map<String, String> headers = new HashMap<>(root.signed("GET", PROJECTS, Map.of(), ""));
        headers.replaceAll((header, value) -> value.replaceAll("20[0-9]{6}", "20200101"));
        Answer answer = SignedCalls.send("GET", PROJECTS, headers, "");
        assertRefused(answer, "InvalidSignatureException");
        assertThat(answer.json().get("Message").textValue()).startsWith("Signature expired");
        assertThat(answer.headers().get("date")).endsWith(" GMT");
    }

    @Test
    @Tag("LV-022")
    void anotherAccountSeesNothingOfThisOnes() {
        // Given
        put("AKIAOTHER", "000000000002", "other");
        SignedCalls other = new SignedCalls("AKIAOTHER", "other", "us-east-1");
        // When
        root.post(PROJECTS, json());
        // Then
        assertThat(root.get(PROJECTS + "/" + name).status()).isEqualTo(200);
        assertThat(other.get(PROJECTS + "/" + name).error()).isEqualTo("ResourceNotFoundException");
        assertThat(other.get(PROJECTS).json().get("Projects")).isEmpty();
        assertThat(arn(other.post(PROJECTS, json()))).contains(":us-east-1:000000000002:project/");
    }

    @Test
    @Tag("LV-023")
    void everyRegionHasItsOwnProjects() {
        SignedCalls elsewhere = new SignedCalls("AKIATEST", "test", "ap-northeast-2");
        assertThat(arn(root.post(PROJECTS, json()))).contains(":us-east-1:");
        assertThat(elsewhere.get(PROJECTS + "/" + name).status()).isEqualTo(404);
        assertThat(arn(elsewhere.post(PROJECTS, json()))).contains(":ap-northeast-2:");
    }

    @Test
    void aKeyWithANewSecretReplacesItsOldOne() {
        put("AKIAROTATED", "000000000003", "old");
        SignedCalls old = new SignedCalls("AKIAROTATED", "old", "us-east-1");
        assertThat(old.get(PROJECTS).status()).isEqualTo(200);
        put("AKIAROTATED", "000000000003", "new");
        assertThat(old.get(PROJECTS).status()).isEqualTo(403);
        rootKey.start(null);
        assertThat(root.get(PROJECTS).status()).isEqualTo(200);
    }

    @Test
    void aClientThatWouldRatherSpeakHttp2IsAnsweredOverHttp1() throws Exception {
        // Given
        String api = "http://127.0.0.1:" + ConfigProvider.getConfig().getValue("quarkus.http.port", String.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + PROJECTS));
        root.signed("GET", PROJECTS, Map.of(), "").forEach((header, value) -> {
            if (!header.equalsIgnoreCase("Host") && !header.equalsIgnoreCase("Content-Length")) {
                request.header(header, value);
            }
        });
        // When
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        // Then
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aKeyNeverShowsItsSecret() {
        assertThat(key("AKIATEST", "000000000001", "hush")).asString().doesNotContain("hush");
    }

    private void put(String id, String account, String secret) {
        accounts.require(account);
        keys.put(key(id, account, secret));
    }

    private static SigningKey key(String id, String account, String secret) {
        AccessKey key = new AccessKey(
                id, account, "test", false, true, List.of("AdministratorAccess"), Instant.now(), Optional.empty());
        return new SigningKey(key, secret, Optional.empty(), Optional.empty());
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo(error);
    }

    private static String arn(Answer answer) {
        return answer.json().at("/ProjectMetadata/ProjectArn").textValue();
    }

    private String json() {
        return "{\"ProjectName\":\"" + name + "\"}";
    }
}
