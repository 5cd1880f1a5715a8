package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.customer.Extensions.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;

/** What a customer does with the batch detections of one model; images and results are in the customer's bucket. */
record Batches(Customer customer, Extensions http, String project, String version) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    static Batches of(Customer customer, HostedProject project, String version) {
        return new Batches(customer, new Extensions(customer.vision()), project.name(), version);
    }

    String path() {
        return "/vedette/v1/projects/" + project + "/models/" + version + "/batch-detections";
    }

    void put(String key, byte[] bytes) {
        customer.s3().putObject(request -> request.bucket(customer.bucket()).key(key), RequestBody.fromBytes(bytes));
    }

    /** A manifest of images in the customer's bucket. */
    void manifest(String key, Stream<String> images) {
        String lines = String.join(
                "\n",
                images.map(image -> "{\"source-ref\":\"s3://" + customer.bucket() + "/" + image + "\"}")
                        .toList());
        put(key, lines.getBytes(StandardCharsets.UTF_8));
    }

    String ofPrefix(String prefix) {
        return request("\"S3Location\":{\"Bucket\":\"" + customer.bucket() + "\",\"Prefix\":\"" + prefix + "\"}");
    }

    String ofManifest(String key) {
        return request(
                "\"Manifest\":{\"S3Object\":{\"Bucket\":\"" + customer.bucket() + "\",\"Key\":\"" + key + "\"}}");
    }

    private String request(String input) {
        return "{\"InputConfig\":{" + input + "},\"OutputConfig\":{\"S3Location\":{\"Bucket\":\"" + customer.bucket()
                + "\",\"Prefix\":\"out/\"}}}";
    }

    Answer ask(String request) {
        return http.sendOnce(path(), UUID.randomUUID().toString(), json(request));
    }

    /** The batch as it was accepted. */
    JsonNode start(String request) {
        Answer answer = ask(request);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        return answer.body();
    }

    Answer stop(JsonNode batch) {
        return http.send(SdkHttpMethod.POST, address(batch) + "/stop", Map.of(), "", new byte[0]);
    }

    Answer get(String path, Map<String, String> query) {
        return http.send(SdkHttpMethod.GET, path, query, "", new byte[0]);
    }

    String address(JsonNode batch) {
        return path() + "/" + batch.get("BatchDetectionId").asText();
    }

    JsonNode describe(JsonNode batch) {
        return get(address(batch), Map.of()).body();
    }

    JsonNode until(JsonNode batch, Predicate<JsonNode> state) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> describe(batch), state);
    }

    /** The batch once it is complete. */
    JsonNode complete(JsonNode batch) {
        JsonNode ended = until(batch, now -> !List.of("QUEUED", "IN_PROGRESS").contains(status(now)));
        assertThat(status(ended)).as(ended.toString()).isEqualTo("COMPLETE");
        return ended;
    }

    static String status(JsonNode batch) {
        return batch.get("Status").asText();
    }

    /** The object at an S3 address. */
    String read(JsonNode address) {
        String[] parts = address.asText().substring("s3://".length()).split("/", 2);
        return customer.s3()
                .getObjectAsBytes(request -> request.bucket(parts[0]).key(parts[1]))
                .asUtf8String();
    }

    List<JsonNode> lines(JsonNode complete) {
        String results = read(complete.get("Results"));
        assertThat(results).endsWith("\n");
        return results.lines().map(Batches::json).toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }
}
