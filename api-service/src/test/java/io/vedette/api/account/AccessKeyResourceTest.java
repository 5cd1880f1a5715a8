package io.vedette.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class AccessKeyResourceTest {
    private static final String KEYS = "/vedette/v1/access-keys";
    private static final String PROJECTS = "/2020-11-20/projects";

    private final SignedCalls root = SignedCalls.ofRoot();

    @Inject
    EntityManager entities;

    @Inject
    RootKey rootKey;

    @Inject
    AccessKeys keys;

    @Test
    void theFirstKeyOfAnEarlierConfigurationCanBeTakenAwayByTheOperatorButNotThePresentOne() {
        // Given
        AccessKey earlier = new AccessKey(
                "AKIAEARLIER", "000000000001", "root", true, true, List.of(), Instant.now(), Optional.empty());
        keys.put(new SigningKey(earlier, "earlier", Optional.empty(), Optional.empty()));
        SignedCalls former = new SignedCalls("AKIAEARLIER", "earlier", "us-east-1");
        SignedCalls administrator = calls(create("\"Policies\":[\"AdministratorAccess\"]"));
        assertThat(former.get(PROJECTS).status()).isEqualTo(200);
        assertThat(administrator
                        .call("DELETE", KEYS + "/AKIAEARLIER", Map.of(), "")
                        .error())
                .isEqualTo("ValidationException");
        // When
        assertThat(root.call("DELETE", KEYS + "/AKIAEARLIER", Map.of(), "").status())
                .isEqualTo(200);
        // Then
        assertThat(former.get(PROJECTS).error()).isEqualTo("UnrecognizedClientException");
        Answer refused = root.call("DELETE", KEYS + "/AKIATEST", Map.of(), "");
        assertThat(refused.error()).isEqualTo("ValidationException");
        assertThat(refused.body()).contains("change it there");
    }

    @Test
    void aNewKeyCallsUntilItIsSwitchedOffAndAgainWhenItIsOn() {
        // Given
        JsonNode made = create("\"Policies\":[\"AmazonLookoutVisionFullAccess\"]");
        SignedCalls ann = calls(made);
        assertThat(ann.get(PROJECTS).status()).isEqualTo(200);
        // When
        status(made, "Inactive");
        // Then
        assertThat(ann.get(PROJECTS).error()).isEqualTo("UnrecognizedClientException");
        status(made, "Active");
        assertThat(ann.get(PROJECTS).status()).isEqualTo(200);
        assertThat(root.call("DELETE", KEYS + "/" + id(made), Map.of(), "").body())
                .isEqualTo("{}");
        assertThat(ann.get(PROJECTS).error()).isEqualTo("UnrecognizedClientException");
        assertThat(root.call("DELETE", KEYS + "/" + id(made), Map.of(), "").error())
                .isEqualTo("ResourceNotFoundException");
    }

    @Test
    void theSecretIsShownOnceAndSealedInTheDatabase() {
        JsonNode made = create("\"Policies\":[\"AmazonLookoutVisionReadOnlyAccess\"]");
        String secret = made.get("SecretAccessKey").textValue();
        assertThat(secret).hasSize(40);
        assertThat(root.get(KEYS).body()).contains(id(made)).doesNotContain(secret);
        Object[] row = row(id(made));
        assertThat(row[0]).isNull();
        assertThat(new String((byte[]) row[1], StandardCharsets.ISO_8859_1)).doesNotContain(secret);
    }

    @Test
    void aSecretFromBeforeIsSealedAtTheNextStart() {
        // Given
        JsonNode made = create("\"Policies\":[\"AmazonLookoutVisionFullAccess\"]");
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(
                                "update access_key set secret = 'plain', sealed_secret = null where access_key_id = ?1")
                        .setParameter(1, id(made))
                        .executeUpdate());
        SignedCalls old = new SignedCalls(id(made), "plain", "us-east-1");
        assertThat(old.get(PROJECTS).status()).isEqualTo(200);
        // When
        rootKey.start(null);
        // Then
        assertThat(row(id(made))[0]).isNull();
        assertThat(row(id(made))[1]).isNotNull();
        assertThat(old.get(PROJECTS).status()).isEqualTo(200);
    }

    @Test
    void aKeyDoesOnlyWhatItsPoliciesAllow() {
        SignedCalls reader = calls(create("\"Policies\":[\"AmazonLookoutVisionReadOnlyAccess\"]"));
        assertThat(reader.get(PROJECTS).status()).isEqualTo(200);
        Answer refused = reader.post(PROJECTS, "{\"ProjectName\":\"p\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("AccessDeniedException");
        assertThat(refused.json().get("Message").textValue())
                .matches("User: arn:aws:iam::000000000001:user/ann is not authorized to perform:"
                        + " lookoutvision:CreateProject on resource:"
                        + " arn:aws:lookoutvision:us-east-1:000000000001:project/p because .*");
        assertThat(reader.get(KEYS).error()).isEqualTo("AccessDeniedException");
        assertThat(reader.get("/vedette/v1/anything").error()).isEqualTo("AccessDeniedException");
    }

    @Test
    void aPolicyOfOnesOwnNamesProjects() {
        SignedCalls team = calls(create("""
                "Policies":[{"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"lookoutvision:*","Resource":"arn:aws:lookoutvision:*:*:project/team-*"},
                  {"Effect":"Deny","Action":"lookoutvision:DeleteProject","Resource":"*"}]}]"""));
        String mine = "team-" + UUID.randomUUID();
        assertThat(team.post(PROJECTS, project(mine)).status()).isEqualTo(200);
        assertThat(team.post(PROJECTS, project("other")).status()).isEqualTo(403);
        assertThat(team.get(PROJECTS + "/" + mine).status()).isEqualTo(200);
        assertThat(team.get(PROJECTS + "/" + mine.replace("team", "%74eam")).status())
                .isEqualTo(200);
        assertThat(team.get(PROJECTS + "/other").status()).isEqualTo(403);
        assertThat(team.call("DELETE", PROJECTS + "/" + mine, Map.of(), "")
                        .json()
                        .get("Message")
                        .textValue())
                .contains("explicit deny");
    }

    @Test
    void tagsOfACreatedModelNeedTagResourceToo() {
        String policy = "\"Policies\":[{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[%s],\"Resource\":\"*\"}}]";
        SignedCalls maker = calls(create(policy.formatted("\"lookoutvision:CreateModel\"")));
        SignedCalls tagger =
                calls(create(policy.formatted("\"lookoutvision:CreateModel\",\"lookoutvision:TagResource\"")));
        String models = PROJECTS + "/nothing-here/models";
        String body = "{\"OutputConfig\":{\"S3Location\":{\"Bucket\":\"bucket\"}},\"Tags\":[%s]}";
        String tagged = body.formatted("{\"Key\":\"a\",\"Value\":\"\"}");
        assertThat(maker.post(models, tagged).json().get("Message").textValue())
                .contains("lookoutvision:TagResource", "model/nothing-here/*");
        assertThat(maker.post(models, body.formatted("")).status()).isNotEqualTo(403);
        assertThat(tagger.post(models, tagged).status()).isNotEqualTo(403);
        assertThat(tagger.post(models, "{\"Tags\":[{\"Key\":1}]}").error()).isEqualTo("ValidationException");
    }

    @Test
    @Tag("LV-007")
    void temporaryCredentialsNeedTheirTokenAndExpire() {
        // Given
        JsonNode made = create("\"DurationSeconds\":900,\"Policies\":[\"AmazonLookoutVisionFullAccess\"]");
        SignedCalls calls = calls(made);
        String token = made.get("SessionToken").textValue();
        Map<String, String> withToken = Map.of("X-Amz-Security-Token", token);
        assertThat(id(made)).startsWith("ASIA");
        assertThat(calls.call("GET", PROJECTS, withToken, "").status()).isEqualTo(200);
        assertThat(calls.get(PROJECTS).error()).isEqualTo("UnrecognizedClientException");
        assertThat(calls.call("GET", PROJECTS, Map.of("X-Amz-Security-Token", token + "x"), "")
                        .error())
                .isEqualTo("UnrecognizedClientException");
        // When
        asAnotherReplica(
                "update access_key set expires_at = now() - interval '1 second' where access_key_id = ?1", made);
        // Then
        Answer expired = onceRefused(() -> calls.call("GET", PROJECTS, withToken, ""));
        assertThat(expired.status()).isEqualTo(403);
        assertThat(expired.error()).isEqualTo("ExpiredTokenException");
    }

    @Test
    void aKeyThatAnotherReplicaHasSwitchedOffIsRefusedSoon() {
        // Given
        JsonNode made = create("\"Policies\":[\"AmazonLookoutVisionFullAccess\"]");
        SignedCalls calls = calls(made);
        assertThat(calls.get(PROJECTS).status()).isEqualTo(200);
        // When
        asAnotherReplica("update access_key set active = false where access_key_id = ?1", made);
        // Then
        assertThat(onceRefused(() -> calls.get(PROJECTS)).error()).isEqualTo("UnrecognizedClientException");
    }

    @Test
    void aLastingKeyHasNoToken() {
        assertThat(root.call("GET", PROJECTS, Map.of("X-Amz-Security-Token", "any"), "")
                        .error())
                .isEqualTo("UnrecognizedClientException");
    }

    @Test
    @Tag("LV-022")
    void anAccountManagesItsOwnKeysOnly() {
        // Given
        account("000000000021", "{\"Name\":\"tenant\"}");
        JsonNode mine = create("\"Policies\":[\"AmazonLookoutVisionFullAccess\"]");
        SignedCalls tenant = calls(create("\"Account\":\"000000000021\",\"Policies\":[\"AdministratorAccess\"]"));
        // Then
        assertThat(tenant.get(KEYS).json().get("AccessKeys")).hasSize(1);
        assertThat(tenant.get(KEYS + "?account=000000000001").json().get("AccessKeys"))
                .isEmpty();
        assertThat(tenant.call("DELETE", KEYS + "/" + id(mine), Map.of(), "").status())
                .isEqualTo(404);
        assertThat(tenant.post(KEYS, key("\"Account\":\"000000000001\",\"Policies\":[\"AdministratorAccess\"]"))
                        .status())
                .isEqualTo(404);
        JsonNode second = tenant.post(KEYS, key("\"Policies\":[\"AmazonLookoutVisionReadOnlyAccess\"]"))
                .json();
        assertThat(second.at("/AccessKey/Account").textValue()).isEqualTo("000000000021");
        assertThat(tenant.get("/vedette/v1/accounts").status()).isEqualTo(403);
        assertThat(tenant.call("PUT", "/vedette/v1/accounts/000000000021", json(), "{\"Name\":\"x\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theConfigurationsKeyIsChangedThereOnly() {
        assertThat(root.call("DELETE", KEYS + "/AKIATEST", Map.of(), "").error())
                .isEqualTo("ValidationException");
        assertThat(root.call("PATCH", KEYS + "/AKIATEST", json(), "{\"Status\":\"Inactive\"}")
                        .status())
                .isEqualTo(400);
        assertThat(root.get(PROJECTS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "[]",
                "{\"Name\":\"a b\",\"Policies\":[\"AdministratorAccess\"]}",
                "{\"Name\":\"a\"}",
                "{\"Name\":\"a\",\"Policies\":[]}",
                "{\"Name\":\"a\",\"Policies\":[\"NoSuchPolicy\"]}",
                "{\"Name\":\"a\",\"Policies\":[null]}",
                "{\"Name\":\"a\",\"Policies\":[{\"Statement\":[]}]}",
                "{\"Name\":\"a\",\"Policies\":[\"AdministratorAccess\"],\"DurationSeconds\":1}",
                "{\"Name\":\"a\",\"Policies\":[\"AdministratorAccess\"],\"DurationSeconds\":999999}",
            })
    void aKeyThatCannotBeIsRefused(String body) {
        Answer answer = root.post(KEYS, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("ValidationException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Name\":\"a\",\"Buckets\":[\"x\"]}",
                "{\"Name\":\"a\",\"Buckets\":[null]}",
                "{\"Name\":\"a\",\"ConcurrentTrainings\":-1}",
                "{\"Name\":\"a\",\"RequestsPerSecond\":\"many\"}",
            })
    void anAccountThatCannotBeIsRefused(String body) {
        assertThat(root.call("PUT", "/vedette/v1/accounts/000000000022", json(), body)
                        .error())
                .isEqualTo("ValidationException");
        assertThat(root.call("PUT", "/vedette/v1/accounts/22", json(), "{\"Name\":\"a\"}")
                        .error())
                .isEqualTo("ValidationException");
    }

    private JsonNode create(String members) {
        Answer answer = root.post(KEYS, key(members));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private void account(String account, String body) {
        assertThat(root.call("PUT", "/vedette/v1/accounts/" + account, json(), body)
                        .status())
                .isEqualTo(200);
    }

    private void status(JsonNode made, String status) {
        Answer answer = root.call("PATCH", KEYS + "/" + id(made), json(), "{\"Status\":\"" + status + "\"}");
        assertThat(answer.json().at("/AccessKey/Status").textValue()).isEqualTo(status);
    }

    private Object[] row(String id) {
        return QuarkusTransaction.requiringNew().call(() -> (Object[])
                entities.createNativeQuery("select secret, sealed_secret from access_key where access_key_id = ?1")
                        .setParameter(1, id)
                        .getSingleResult());
    }

    private static SignedCalls calls(JsonNode made) {
        return new SignedCalls(id(made), made.get("SecretAccessKey").textValue(), "us-east-1");
    }

    private static String id(JsonNode made) {
        return made.at("/AccessKey/AccessKeyId").textValue();
    }

    private static String key(String members) {
        return "{\"Name\":\"ann\"," + members + "}";
    }

    private static Map<String, String> json() {
        return Map.of("Content-Type", "application/json");
    }

    private static String project(String name) {
        return "{\"ProjectName\":\"" + name + "\"}";
    }

    /** Behind this api's back, which may remember the key for a second. */
    private void asAnotherReplica(String update, JsonNode made) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(update)
                        .setParameter(1, id(made))
                        .executeUpdate());
    }

    private static Answer onceRefused(Callable<Answer> call) {
        return await().until(call, answer -> answer.status() != 200);
    }
}
