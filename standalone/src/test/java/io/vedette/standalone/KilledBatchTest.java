package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.stack.RunningStack.PartState;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.s3.model.S3Object;

@StackTest
@Isolated
@Tag("fault") // it waits for a lease: with -Pfaults
class KilledBatchTest {
    private static final int IMAGES = 900;

    @Test
    void aBatchWhoseWorkerWasKilledGoesOnBehindItsLastPartAndEndsWithTheSameBytes(
            HostedProject project, Customer customer) {
        // Given
        Batches batches = Batches.of(customer, project, HostedProject.TRAINED);
        IntStream.range(0, 7).forEach(i -> batches.put("images/" + i + ".png", HostedProject.testImage(i)));
        batches.manifest(
                "many.manifest",
                IntStream.range(0, IMAGES).mapToObj(i -> i % 50 == 49 ? "gone.png" : "images/" + i % 7 + ".png"));
        JsonNode undisturbed = batches.complete(batches.start(batches.ofManifest("many.manifest")));
        JsonNode asked = batches.start(batches.ofManifest("many.manifest"));
        JsonNode halfway = batches.until(asked, now -> now.get("Done").asInt() > 200);
        Instant firstPart = firstPart(customer, asked);
        // When
        ProcessHandle inference = ProcessHandle.of(inference(customer)).orElseThrow();
        assertThat(inference.destroyForcibly()).isTrue();
        inference.onExit().join();
        // Then
        assertThat(Batches.status(halfway)).isEqualTo("IN_PROGRESS");
        JsonNode complete = batches.complete(asked);
        assertThat(complete.get("Attempt").asInt()).isEqualTo(2);
        assertThat(complete.get("Done").asInt()).isEqualTo(IMAGES);
        assertThat(complete.get("Failed").asInt()).isEqualTo(IMAGES / 50);
        assertThat(batches.read(complete.get("Results"))).isEqualTo(batches.read(undisturbed.get("Results")));
        assertThat(firstPart(customer, asked)).isEqualTo(firstPart);
    }

    /** When the first part of a batch was written. */
    private static Instant firstPart(Customer customer, JsonNode batch) {
        String end = batch.get("BatchDetectionId").asText() + "/parts/0000000.jsonl";
        return customer
                .s3()
                .listObjectsV2Paginator(list -> list.bucket("vedette").prefix("models/"))
                .contents()
                .stream()
                .filter(object -> object.key().endsWith(end))
                .map(S3Object::lastModified)
                .findFirst()
                .orElseThrow();
    }

    private static long inference(Customer customer) {
        return customer.stack().parts().stream()
                .filter(part -> part.name().equals("inference"))
                .findFirst()
                .flatMap(PartState::pid)
                .orElseThrow();
    }
}
