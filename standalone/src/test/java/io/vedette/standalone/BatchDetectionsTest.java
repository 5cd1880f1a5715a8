package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vedette.standalone.customer.Extensions.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.model.ConflictException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Many images at a time: what is asked, what comes of it, and what is refused. */
@StackTest
class BatchDetectionsTest {
    @Test
    void aPrefixBecomesALineForEachImageInOrderAndBadOnesSayWhy(HostedProject project, Customer customer) {
        // Given
        Batches batches = Batches.of(customer, project, HostedProject.HOSTED);
        batches.put("in/1.png", HostedProject.testImage(0));
        batches.put("in/2.PNG", HostedProject.testImage(5));
        batches.put("in/3-not.jpg", "no image".getBytes(StandardCharsets.UTF_8));
        batches.put("in/4-small.png", Photographs.png(1, false));
        batches.put("in/5-large.png", new byte[(8 << 20) + 1]);
        batches.put("in/5-vast.png", HostileImagesTest.png(30_000, 30_000, new byte[100]));
        batches.put("in/deeper/6.png", HostedProject.testImage(6));
        batches.put("in/readme.txt", new byte[] {1});
        // When
        JsonNode complete = batches.complete(batches.start(batches.ofPrefix("in/")));
        // Then
        List<JsonNode> lines = batches.lines(complete);
        assertThat(lines)
                .extracting(line -> line.get("source-ref").asText().replace("s3://" + customer.bucket() + "/in/", ""))
                .containsExactly(
                        "1.png", "2.PNG", "3-not.jpg", "4-small.png", "5-large.png", "5-vast.png", "deeper/6.png");
        for (int number : new int[] {0, 1, 6}) {
            byte[] image = HostedProject.testImage(number == 6 ? 6 : number * 5);
            assertThat(lines.get(number)).isEqualTo(expected(batches, lines.get(number), image));
        }
        assertThat(lines.subList(2, 6)).allSatisfy(line -> {
            assertThat(line.get("Error").asText())
                    .contains(line.get("source-ref").asText());
            assertThat(line.size()).isEqualTo(2);
        });
        assertThat(lines.get(3).get("Error").asText()).contains("96x96");
        assertThat(lines.get(4).get("Error").asText()).contains("8 MB");
        assertThat(lines.get(5).get("Error").asText()).contains("30000x30000");
        assertThat(complete.get("StatusMessage").asText()).contains("4 of 7 images could not be used");
        assertThat(List.of(
                        complete.get("Total").asInt(),
                        complete.get("Done").asInt(),
                        complete.get("Failed").asInt()))
                .containsExactly(7, 7, 4);
        JsonNode summary = Batches.json(batches.read(complete.get("Summary")));
        assertThat(summary.get("Results")).isEqualTo(complete.get("Results"));
        assertThat(summary.get("Threshold")).isEqualTo(lines.get(0).get("Threshold"));
        assertThat(Stream.of("Total", "Normal", "Anomalous", "Failed")
                        .map(name -> summary.get(name).asInt()))
                .containsExactly(7, 1, 2, 4);
        assertThat((ArrayNode) summary.get("BadImages")).containsExactlyElementsOf(lines.subList(2, 6));
    }

    /** The line that the answers of a single detection make. */
    private static JsonNode expected(Batches batches, JsonNode line, byte[] image) {
        String detect = batches.path().replace("batch-detections", "detect");
        JsonNode single = batches.http()
                .send(SdkHttpMethod.POST, detect, Map.of(), "image/png", image)
                .body();
        var expected = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
        expected.set("source-ref", line.get("source-ref"));
        expected.set("IsAnomalous", single.get("IsAnomalous"));
        // as DetectAnomalies has it: a 32-bit float
        expected.set("Confidence", Batches.json(Float.toString((float)
                single.get("Confidence").asDouble())));
        expected.set("Score", single.get("Score"));
        expected.set("Threshold", single.get("Threshold"));
        if (single.has("Anomalies")) {
            expected.set("Anomalies", single.get("Anomalies"));
        }
        return expected;
    }

    @Test
    void aModelThatIsNotHostedTakesAManifestInItsOrder(HostedProject project, Customer customer) throws IOException {
        // Given
        Batches batches = Batches.of(customer, project, HostedProject.TRAINED);
        batches.put("b.png", HostedProject.testImage(1));
        batches.put("a.png", HostedProject.testImage(7));
        batches.manifest("list.jsonl", Stream.of("b.png", "nowhere.png", "a.png", "b.png"));
        String request = batches.ofManifest("list.jsonl").replaceFirst("\\{", "{\"Threshold\":1e9,");
        AbortableInputStream news = batches.http().open("/vedette/v1/events");
        try {
            BufferedReader events = new BufferedReader(new InputStreamReader(news, StandardCharsets.UTF_8));
            assertThat(events.readLine()).isEqualTo(":listening");
            // When
            JsonNode asked = batches.start(request);
            JsonNode complete = batches.complete(asked);
            // Then
            assertThat(asked.get("Status").asText()).isEqualTo("QUEUED");
            List<JsonNode> lines = batches.lines(complete);
            assertThat(lines)
                    .extracting(line -> line.get("source-ref").asText())
                    .containsExactlyElementsOf(Stream.of("b.png", "nowhere.png", "a.png", "b.png")
                            .map(key -> "s3://" + customer.bucket() + "/" + key)
                            .toList());
            assertThat(lines.get(1).get("Error").asText()).contains("nowhere.png does not exist");
            assertThat(lines.get(2).get("IsAnomalous").asBoolean()).isFalse();
            assertThat(lines.get(2).get("Threshold").asDouble()).isEqualTo(1e9);
            assertThat(lines.get(3)).isEqualTo(lines.get(0));
            assertThat(told(events, complete.get("BatchDetectionId").asText()))
                    .containsExactly("null>QUEUED", "QUEUED>IN_PROGRESS", "IN_PROGRESS>COMPLETE");
        } finally {
            news.abort();
        }
    }

    /** The changes of a batch's status, up to its completion. */
    private static List<String> told(BufferedReader events, String batchId) {
        List<String> told = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ZERO).until(() -> {
            String line = events.readLine();
            if (line.startsWith("data:") && line.contains(batchId)) {
                JsonNode data = Batches.json(line.substring(5)).get("data");
                told.add(data.path("previousStatus").asText("null") + ">"
                        + data.get("status").asText());
            }
            return told.contains("IN_PROGRESS>COMPLETE");
        });
        return told;
    }

    @Test
    void aModelThatKnowsDefectsTellsTheirAreas(HostedProject.WithDefects hosted, Customer customer) {
        // Given
        Batches batches = Batches.of(customer, hosted.project(), HostedProject.HOSTED);
        byte[] image = BrushedMetal.png(BrushedMetal.defective(1005).image());
        batches.put("in/1.png", image);
        // When
        JsonNode complete = batches.complete(batches.start(batches.ofPrefix("in/")));
        // Then
        JsonNode line = batches.lines(complete).get(0);
        assertThat(line).isEqualTo(expected(batches, line, image));
        assertThat(line.at("/Anomalies/0/Name").asText()).isEqualTo("background");
        JsonNode summary = Batches.json(batches.read(complete.get("Summary")));
        List<String> found = new ArrayList<>();
        line.get("Anomalies").forEach(anomaly -> found.add(anomaly.get("Name").asText()));
        assertThat(summary.get("Defects")).hasSize(found.size() - 1).allSatisfy(defect -> {
            assertThat(found).contains(defect.get("Name").asText());
            assertThat(defect.get("Images").asInt()).isEqualTo(1);
        });
    }

    @Test
    void whatIsWrongIsNamed(HostedProject project, Customer customer) {
        Batches batches = Batches.of(customer, project, HostedProject.TRAINED);
        batches.put("own.jsonl", "{\"source-ref\":\"s3://vedette/models/x.png\"}".getBytes(StandardCharsets.UTF_8));
        batches.put("none.jsonl", "\n{\"image\":1}".getBytes(StandardCharsets.UTF_8));
        batches.put("empty.jsonl", "\n".getBytes(StandardCharsets.UTF_8));
        String good = batches.ofPrefix("in/");
        String bucket = "\"" + customer.bucket() + "\"";
        refused(batches, "{}", "InputConfig is required");
        refused(batches, "{\"InputConfig\":{}}", "OutputConfig is required");
        refused(batches, "{\"InputConfig\":{},\"OutputConfig\":{\"S3Location\":{}}}", "S3Location or Manifest");
        refused(batches, good.replace("\"Prefix\":\"in/\"", "\"Prefix\":\"/in\""), "InputConfig.S3Location.Prefix");
        refused(batches, good.replaceFirst("\\{", "{\"Threshold\":\"high\","), "Threshold");
        refused(batches, good, "s3://" + customer.bucket() + "/in/");
        refused(batches, good.replaceFirst(bucket, "\"vedette\""), "InputConfig.S3Location.Bucket must not be vedette");
        refused(batches, good.replaceFirst("(.*)" + bucket, "$1\"vedette\""), "OutputConfig.S3Location.Bucket");
        refused(
                batches,
                good.replaceFirst(bucket, "\"no-such-bucket-at-all\""),
                "no-such-bucket-at-all does not exist");
        refused(batches, batches.ofManifest("missing.jsonl"), "missing.jsonl does not exist");
        refused(batches, batches.ofManifest("own.jsonl"), "Line 1 of the manifest");
        refused(batches, batches.ofManifest("none.jsonl"), "Line 2 of the manifest");
        refused(batches, batches.ofManifest("empty.jsonl"), "lists no image");
        assertThat(batches.get(batches.path() + "/1", Map.of()).status()).isEqualTo(400);
        assertThat(batches.get(batches.path() + "/00000000-0000-0000-0000-000000000000", Map.of())
                        .status())
                .isEqualTo(404);
    }

    private static void refused(Batches batches, String request, String reason) {
        Answer answer = batches.ask(request);
        assertThat(answer.status()).as(request + " " + answer.body()).isEqualTo(400);
        assertThat(answer.body().get("Message").asText()).contains(reason);
    }

    @Test
    void aCallThatComesAgainHasOneEffectAndTheListGoesByPages(HostedProject project, Customer customer) {
        // Given
        Batches batches = Batches.of(customer, project, HostedProject.TRAINED);
        batches.put("in/1.png", HostedProject.testImage(2));
        JsonNode request = Batches.json(batches.ofPrefix("in/"));
        String token = customer.bucket();
        // When
        Answer first = batches.http().sendOnce(batches.path(), token, request);
        Answer again = batches.http().sendOnce(batches.path(), token, request);
        Answer other = batches.http().sendOnce(batches.path(), token, Batches.json(batches.ofPrefix("in/1")));
        // Then
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(409);
        // When
        JsonNode second = batches.start(batches.ofPrefix("in/1"));
        // Then
        Answer newest = batches.get(batches.path(), Map.of("maxResults", "1"));
        assertThat(newest.body().at("/BatchDetections/0/BatchDetectionId")).isEqualTo(second.get("BatchDetectionId"));
        String next = newest.body().get("NextToken").asText();
        JsonNode before = batches.get(batches.path(), Map.of("maxResults", "1", "nextToken", next))
                .body();
        assertThat(before.at("/BatchDetections/0/BatchDetectionId"))
                .isEqualTo(first.body().get("BatchDetectionId"));
        batches.complete(first.body());
        batches.complete(second);
    }

    @Test
    void aBatchThatIsStoppedLeavesNoResultsAndUntilThenItsModelStays(HostedProject project, Customer customer) {
        // Given
        Batches batches = Batches.of(customer, project, HostedProject.TRAINED);
        batches.put("1.png", HostedProject.testImage(3));
        batches.manifest("many.manifest", IntStream.range(0, 5000).mapToObj(i -> "1.png"));
        JsonNode asked = batches.start(batches.ofManifest("many.manifest"));
        batches.until(
                asked,
                now -> Batches.status(now).equals("IN_PROGRESS")
                        && now.get("Done").asInt() > 0);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> customer.vision()
                        .deleteModel(
                                delete -> delete.projectName(project.name()).modelVersion(HostedProject.TRAINED)))
                .withMessageContaining("A batch detection goes on");
        // When
        Answer stopped = batches.stop(asked);
        // Then
        assertThat(stopped.status()).isEqualTo(202);
        assertThat(Batches.status(stopped.body())).isEqualTo("STOPPED");
        assertThat(batches.stop(asked).status()).isEqualTo(409);
        // the one worker is free again
        batches.put("after/1.png", HostedProject.testImage(3));
        batches.complete(batches.start(batches.ofPrefix("after/")));
        JsonNode now = batches.describe(asked);
        assertThat(Batches.status(now)).isEqualTo("STOPPED");
        assertThat(now.get("Done").asInt()).isBetween(1, 4999);
        assertThat(now.has("Summary")).isFalse();
        assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> batches.read(now.get("Results")));
    }
}
