package io.vedette.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import io.vedette.api.VersionedStore;
import io.vedette.common.ModelStatus;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be done with a model in each of its states; the rows are as trainings and hosting would leave them. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
@QuarkusTestResource(value = VersionedStore.class, restrictToAnnotatedClass = true)
class ModelStatesTest {
    private final SignedCalls calls = SignedCalls.ofRoot();
    private final String project = "p" + UUID.randomUUID();
    private final String models = "/2020-11-20/projects/" + project + "/models";
    private final String arn = "arn:aws:lookoutvision:us-east-1:000000000001:model/" + project + "/1";
    private final String tags = "/2020-11-20/tags/" + arn.replace(":", "%3A").replace("/", "%2F");

    @Inject
    EntityManager entities;

    @BeforeEach
    void aProject() {
        calls.post("/2020-11-20/projects", "{\"ProjectName\":\"" + project + "\"}");
    }

    @ParameterizedTest
    @EnumSource(
            value = ModelStatus.class,
            names = {"TRAINED", "TRAINING_FAILED", "HOSTING_FAILED"})
    @Tag("LV-175")
    void aModelAtRestIsDeletedWithItsRow(ModelStatus status) {
        model(status);
        Answer deleted = calls.call("DELETE", models + "/1", Map.of(), "");
        assertThat(deleted.status()).isEqualTo(202);
        assertThat(deleted.body()).isEqualTo("{\"ModelArn\":\"" + arn + "\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> calls.get(models).body().equals("{\"Models\":[]}"));
        assertThat(events()).containsExactly("io.vedette.ModelStatusChanged DELETING", "io.vedette.ModelDeleted null");
    }

    @ParameterizedTest
    @EnumSource(
            value = ModelStatus.class,
            names = {"TRAINED", "TRAINING_FAILED", "HOSTING_FAILED", "DELETING"},
            mode = EnumSource.Mode.EXCLUDE)
    @Tag("LV-174")
    void aModelInTrainingOrHostedIsNotDeleted(ModelStatus status) {
        model(status);
        Answer refused = calls.call("DELETE", models + "/1", Map.of(), "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).isEqualTo("ConflictException");
        assertThat(refused.json().get("ResourceType").textValue()).isEqualTo("MODEL");
        assertThat(refused.json().get("ResourceId").textValue()).isEqualTo(project + "/1");
        assertThat(refused.json().get("Message").textValue()).contains(" is " + status + ":");
        assertThat(events()).isEmpty();
    }

    @Test
    void aDeletionThatWasCutOffIsTakenUpAgain() {
        // as a service that died would leave it
        model(ModelStatus.DELETING);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> calls.get(models + "/1").status() == 404);
        assertThat(events()).containsExactly("io.vedette.ModelDeleted null");
    }

    @Test
    void aModelThatARunStillWritesForWaitsAndCannotBeTagged() {
        // Given
        model(ModelStatus.DELETING);
        UUID run = run();
        // Then
        assertThat(calls.get(models).body()).contains("\"Status\":\"DELETING\"", "The model is being deleted.");
        assertThat(calls.post(tags, "{\"Tags\":[]}").error()).isEqualTo("ConflictException");
        assertThat(calls.call("DELETE", models + "/1", Map.of(), "").error()).isEqualTo("ConflictException");
        assertThat(calls.call("DELETE", "/2020-11-20/projects/" + project, Map.of(), "")
                        .error())
                .isEqualTo("ConflictException");
        // When
        run("update run set state = 'FINISHED' where run_id = ?1", run);
        // Then
        await().atMost(Duration.ofSeconds(20))
                .until(() -> calls.get(models + "/1").status() == 404);
    }

    @Test
    void aDeletionIsInTheHistoryWithItsCause() {
        // Given
        model(ModelStatus.TRAINED);
        UUID run = run();
        // When
        calls.call("DELETE", models + "/1", Map.of(), "");
        // Then
        JsonNode step = calls.get("/vedette/v1/projects/" + project + "/models/1/history")
                .json()
                .at("/Transitions/0");
        assertThat(step.path("Status").textValue()).isEqualTo("DELETING");
        assertThat(step.path("Cause").textValue()).isEqualTo("Its deletion was asked for.");
        assertThat(step.path("At").doubleValue()).isPositive();
        run("update run set state = 'FINISHED' where run_id = ?1", run);
    }

    @Test
    @Tag("LV-021")
    void whatAModelHasNotIsLeftOut() {
        model(ModelStatus.TRAINING_FAILED);
        for (String target :
                List.of(models, models + "/1", "/2020-11-20/projects", "/2020-11-20/projects/" + project)) {
            assertThat(calls.get(target).body()).doesNotContain("null").doesNotContain("NextToken");
        }
        assertThat(calls.get(models + "/1").body())
                .contains("\"OutputConfig\":{\"S3Location\":{\"Bucket\":\"out\",\"Prefix\":\"\"}}")
                .doesNotContain("Description\":\"", "KmsKeyId", "Performance", "Evaluation");
    }

    @Test
    @Tag("LV-203")
    @Tag("LV-204")
    @Tag("LV-008")
    void theArnIsOneSegmentHoweverItIsEncoded() {
        model(ModelStatus.TRAINED);
        Answer tagged = calls.post(tags, "{\"Tags\":[{\"Key\":\"a b\",\"Value\":\"\"}]}");
        assertThat(tagged.status()).isEqualTo(200);
        assertThat(tagged.body()).isEqualTo("{}");
        assertThat(calls.get("/2020-11-20/tags/" + arn.replace("/", "%2f")).body())
                .isEqualTo("{\"Tags\":[{\"Key\":\"a b\",\"Value\":\"\"}]}");
        Answer untagged = calls.call("DELETE", tags + "?tagKeys=a%20b&tagKeys=x", Map.of(), "");
        assertThat(untagged.status()).isEqualTo(200);
        assertThat(untagged.body()).isEqualTo("{}");
        assertThat(calls.get(tags).body()).isEqualTo("{\"Tags\":[]}");
        assertThat(calls.get("/2020-11-20/tags/" + arn).error()).isEqualTo("UnknownOperationException");
        assertThat(calls.get(tags.replace("%2F", "%252F")).error()).isEqualTo("ValidationException");
        assertThat(calls.post(tags, "{}").error()).isEqualTo("ValidationException");
    }

    @Test
    @Tag("LV-206")
    void twoHundredOfTheLongestKeysAreRemovedInOneCall() {
        model(ModelStatus.TRAINED);
        List<String> keys = IntStream.range(100, 300)
                .mapToObj(number -> "k".repeat(125) + number)
                .toList();
        String all = keys.stream()
                .map(key -> "{\"Key\":\"" + key + "\",\"Value\":\"v\"}")
                .collect(Collectors.joining(","));
        assertThat(calls.post(tags, "{\"Tags\":[" + all + "]}").status()).isEqualTo(200);
        assertThat(calls.post(tags, "{\"Tags\":[{\"Key\":\"more\",\"Value\":\"\"}]}")
                        .error())
                .isEqualTo("ServiceQuotaExceededException");
        Answer untagged = calls.call("DELETE", tags + "?tagKeys=" + String.join("&tagKeys=", keys), Map.of(), "");
        assertThat(untagged.status()).as(untagged.body()).isEqualTo(200);
        assertThat(calls.get(tags).body()).isEqualTo("{\"Tags\":[]}");
    }

    private void model(ModelStatus status) {
        run(
                "insert into model (model_id, account, region, project_id, project_name, version, created_at,"
                        + " output_bucket, output_prefix, status, phase) select ?1, '000000000001', 'us-east-1',"
                        + " project_id, ?2, 1, now(), 'out', '', ?3, ?4 from project where name = ?2",
                UUID.randomUUID(),
                project,
                status.name(),
                status == ModelStatus.TRAINING ? "QUEUED" : null);
    }

    private UUID run() {
        UUID run = UUID.randomUUID();
        run(
                "insert into run (run_id, model_id, kind, attempt, worker, state, started_at, last_heard)"
                        + " select ?1, model_id, 'EVALUATION', 1, 'w', 'RUNNING', now(), 1000000000 from model"
                        + " where project_name = ?2",
                run,
                project);
        return run;
    }

    private List<String> events() {
        List<?> events = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("select type || ' ' || coalesce(cast(data as json)->>'status',"
                                + " 'null') from outbox where key = ?1 order by id")
                        .setParameter(1, arn)
                        .getResultList());
        return events.stream().map(String.class::cast).toList();
    }

    private void run(String sql, Object... parameters) {
        QuarkusTransaction.requiringNew().run(() -> {
            var statement = entities.createNativeQuery(sql);
            for (int i = 0; i < parameters.length; i++) {
                statement.setParameter(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        });
    }
}
