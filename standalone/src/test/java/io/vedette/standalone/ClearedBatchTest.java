package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.stack.StackLayout;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

@StackTest
class ClearedBatchTest {
    @Test
    void whatABatchKeptForAnotherAttemptGoesSomeTimeAfterItsEndAndItsResultsStay(
            HostedProject project, Customer customer, StackLayout stack) {
        // Given
        Batches batches = Batches.of(customer, project, HostedProject.TRAINED);
        batches.put("in/1.png", HostedProject.testImage(0));
        JsonNode complete = batches.complete(batches.start(batches.ofPrefix("in/")));
        String batch = complete.get("BatchDetectionId").asText();
        assertThat(kept(customer, batch)).isNotEmpty();
        // When
        new Database(stack)
                .execute("update batch_detection set ended_at = now() - interval '3 minutes' where batch_id = '" + batch
                        + "'"); // as if so much time had passed
        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(kept(customer, batch)).isEmpty());
        assertThat(batches.lines(complete)).hasSize(1);
        assertThat(batches.read(complete.get("Summary"))).contains("\"Total\"");
    }

    /** What lies of the batch in the service's own bucket. */
    private static List<String> kept(Customer customer, String batch) {
        return customer
                .s3()
                .listObjectsV2Paginator(list -> list.bucket("vedette").prefix("models/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.contains("/batches/" + batch + "/"))
                .toList();
    }
}
