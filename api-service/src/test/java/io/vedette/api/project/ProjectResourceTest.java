package io.vedette.api.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class ProjectResourceTest {
    private static final String PROJECTS = "/2020-11-20/projects";

    // A region of its own for each test, so that listings show nobody else's projects.
    private final SignedCalls calls = new SignedCalls(
            "AKIATEST", "test", "r-" + UUID.randomUUID().toString().substring(0, 8));

    @Inject
    EntityManager entities;

    @Test
    @Tag("LV-017")
    @Tag("LV-039")
    void timesAreEpochSecondsWithAFraction() {
        Answer created = create("boards", null);
        assertThat(created.body()).containsPattern("\"CreationTimestamp\":1[0-9]{9}\\.[0-9]{3}[,}]");
        String time = created.json().at("/ProjectMetadata/CreationTimestamp").asText();
        assertThat(calls.get(PROJECTS + "/boards")
                        .json()
                        .at("/ProjectDescription/CreationTimestamp")
                        .asText())
                .isEqualTo(time);
    }

    @Test
    void aProjectIsAnnouncedOnceWithItsCreation() {
        create("boards", "token-1");
        create("boards", "token-1");
        create("boards", "token-2");
        List<?> events = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("select type || ' ' || topic from outbox where key = ?1")
                        .setParameter(1, arn("boards"))
                        .getResultList());
        assertThat(events.toString()).isEqualTo("[io.vedette.ProjectCreated vedette.lifecycle]");
    }

    @Test
    @Tag("LV-047")
    void itsDataSetsAreDescribedTrainBeforeTest() {
        // Given
        create("boards", null);
        dataset("test", "CREATE_IN_PROGRESS", "The dataset is creating.");
        dataset("train", "CREATE_COMPLETE", "The dataset was created successfully.");
        // When
        Answer described = calls.get(PROJECTS + "/boards");
        // Then
        assertThat(described.body())
                .contains("\"Datasets\":[{\"DatasetType\":\"train\",\"CreationTimestamp\":1607277318.500,"
                        + "\"Status\":\"CREATE_COMPLETE\",\"StatusMessage\":\"The dataset was created successfully.\"},"
                        + "{\"DatasetType\":\"test\",\"CreationTimestamp\":1607277318.500,"
                        + "\"Status\":\"CREATE_IN_PROGRESS\",\"StatusMessage\":\"The dataset is creating.\"}]");
    }

    @Test
    @Tag("LV-053")
    void aTokenOfAnotherRegionsListingIsRefused() {
        // Given
        for (String name : List.of("a", "b")) {
            create(name, null);
        }
        String query = PROJECTS + "?nextToken="
                + encoded(calls.get(PROJECTS + "?maxResults=1").json());
        // Then
        assertThat(calls.get(query).json().at("/Projects/0/ProjectName").textValue())
                .isEqualTo("b");
        assertThat(new SignedCalls("AKIATEST", "test", "elsewhere").get(query).error())
                .isEqualTo("ValidationException");
    }

    @Test
    @Tag("LV-050")
    @Tag("LV-052")
    void aPageHasAHundredProjectsUnlessToldOtherwise() {
        // Given
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("insert into project (project_id, account, region, name,"
                                + " created_at) select gen_random_uuid(), '000000000001', ?1, 'p' || n, now()"
                                + " from generate_series(1, 101) n")
                        .setParameter(1, calls.region())
                        .executeUpdate());
        // When
        JsonNode first = calls.get(PROJECTS).json();

        JsonNode last = calls.get(PROJECTS + "?nextToken=" + encoded(first)).json();
        // Then
        assertThat(first.get("Projects")).hasSize(100);
        assertThat(last.get("Projects")).hasSize(1);
        assertThat(last.at("/Projects/0/ProjectName").textValue()).isEqualTo("p99");
        assertThat(last.has("NextToken")).isFalse();
    }

    private static String encoded(JsonNode page) {
        return URLEncoder.encode(page.get("NextToken").textValue(), StandardCharsets.UTF_8);
    }

    private Answer create(String name, String token) {
        Map<String, String> headers = token == null ? Map.of() : Map.of("X-Amzn-Client-Token", token);
        return calls.call("POST", PROJECTS, headers, "{\"ProjectName\":\"" + name + "\"}");
    }

    private String arn(String name) {
        return "arn:aws:lookoutvision:" + calls.region() + ":000000000001:project/" + name;
    }

    private void dataset(String type, String status, String message) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("insert into dataset (dataset_id, project_id, type, status,"
                                + " status_message, created_at, updated_at) select gen_random_uuid(), project_id,"
                                + " ?1, ?2, ?3, to_timestamp(1607277318.5), now() from project where region = ?4")
                        .setParameter(1, type)
                        .setParameter(2, status)
                        .setParameter(3, message)
                        .setParameter(4, calls.region())
                        .executeUpdate());
    }
}
