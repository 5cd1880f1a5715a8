package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.stack.RunningStack.PartState;
import io.vedette.standalone.stack.StackLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;

/** The api is killed in the middle of its background work: the next one goes on with it. */
@StackTest
class KilledApiTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final String OF_PROJECT =
            " where dataset_id = (select dataset_id from dataset join project using (project_id) where name = ?)";

    @Test
    void anImportIsDoneToTheEndByTheNextApi(Customer customer, StackLayout stack) {
        // Given
        Database database = new Database(stack);
        Workshop workshop = Workshop.open(customer);
        workshop.ask("train", Lines.many(workshop.bucket(), "normal", 0, 16_000));
        await().atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(() ->
                        database.number("select count(*) from dataset_entry" + OF_PROJECT, workshop.project()) > 0);
        // When
        killApi(customer);
        // Then
        assertThat(database.number("select count(*) from dataset_import" + OF_PROJECT, workshop.project()))
                .as("imports that are not done")
                .isOne();
        database.execute("update dataset_import set claimed_until = now()"); // as if half a minute had passed
        awaitApi(customer);
        DatasetDescription imported = workshop.settled("train");
        assertThat(imported.status()).isEqualTo(DatasetStatus.CREATE_COMPLETE);
        assertThat(imported.imageStats()).isEqualTo(Workshop.stats(16_000, 16_000, 0));
        assertThat(database.number("select count(*) from dataset_entry" + OF_PROJECT, workshop.project()))
                .isEqualTo(16_000);
    }

    @Test
    void aCheckGoesOnWhereItWasWithTheNextApi(Customer customer, StackLayout stack) {
        // Given
        Database database = new Database(stack);
        Workshop workshop = Workshop.open(customer);
        List<String> lines = Lines.many(workshop.bucket(), "normal", 0, 3_000);
        workshop.dataset("train", lines);
        try (Extensions http = new Extensions(customer.vision())) {
            String checks = "/vedette/v1/projects/" + workshop.project() + "/datasets/train/checks";
            String id = http.send(SdkHttpMethod.POST, checks, Map.of(), "application/json", new byte[0])
                    .body()
                    .get("CheckId")
                    .asText();
            await().atMost(PATIENCE)
                    .pollInterval(OFTEN)
                    .until(() ->
                            database.number("select done from dataset_check" + OF_PROJECT, workshop.project()) > 0);
            // When
            killApi(customer);
            // Then
            assertThat(database.number(
                            "select count(*) from dataset_check" + OF_PROJECT
                                    + " and status = 'IN_PROGRESS' and done < total",
                            workshop.project()))
                    .as("checks that are not done")
                    .isOne();
            database.execute("update dataset_check set claimed_until = now()"); // as if two minutes had passed
            awaitApi(customer);
            JsonNode check = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(
                            () -> http.send(
                                            SdkHttpMethod.GET,
                                            checks + "/" + id,
                                            Map.of(),
                                            "application/json",
                                            new byte[0])
                                    .body(),
                            it -> !it.get("Status").asText().equals("IN_PROGRESS"));
            assertThat(check.get("Status").asText()).isEqualTo("COMPLETE");
            assertThat(check.get("Done").asInt()).isEqualTo(3_000);
            assertThat(check.get("FindingCount").asInt()).isEqualTo(3_000);
        }
    }

    private static void killApi(Customer customer) {
        ProcessHandle api = customer.stack().parts().stream()
                .filter(part -> part.name().equals("api"))
                .findFirst()
                .flatMap(PartState::pid)
                .flatMap(ProcessHandle::of)
                .orElseThrow();
        assertThat(api.destroyForcibly()).isTrue();
        api.onExit().join();
    }

    private static void awaitApi(Customer customer) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> customer.stack().parts().stream()
                        .anyMatch(part -> part.name().equals("api") && part.healthy()));
    }
}
