package io.vedette.standalone.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.standalone.stack.StackFailure;
import java.util.Locale;
import java.util.OptionalDouble;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Has a model look at all images below a prefix, or of a manifest, and follows it to its end. */
public final class BatchDetection {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_MILLIS = 500;

    private final Extensions extensions;
    private final S3Client s3;
    private final Progress progress;

    public BatchDetection(Extensions extensions, S3Client s3, Progress progress) {
        this.extensions = extensions;
        this.s3 = s3;
        this.progress = progress;
    }

    /** @param key a prefix, or the key of a manifest where it ends in {@code .manifest} or {@code .jsonl}; may be empty */
    public record Place(String bucket, String key) {
        /** @throws StackFailure if {@code text} is not {@code s3://BUCKET/PREFIX} */
        public static Place parse(String text) {
            String rest = text.startsWith("s3://") ? text.substring(5) : "";
            int slash = rest.indexOf('/');
            String bucket = slash < 0 ? rest : rest.substring(0, slash);
            if (bucket.isEmpty()) {
                throw new StackFailure("\"" + text + "\" is no S3 address: s3://BUCKET/PREFIX is expected.");
            }
            return new Place(bucket, slash < 0 ? "" : rest.substring(slash + 1));
        }

        boolean isManifest() {
            String name = key.toLowerCase(Locale.ROOT);
            return name.endsWith(".manifest") || name.endsWith(".jsonl");
        }
    }

    /**
     * Waits until it is complete.
     *
     * @param version a number, or {@code latest}
     * @return the summary
     * @throws StackFailure with Vedette's own words, if it is refused or fails
     */
    public JsonNode run(String project, String version, Place input, Place output, OptionalDouble threshold) {
        ObjectNode request = JSON.createObjectNode();
        location(request.putObject("InputConfig"), input);
        request.putObject("OutputConfig")
                .putObject("S3Location")
                .put("Bucket", output.bucket())
                .put("Prefix", output.key());
        threshold.ifPresent(at -> request.put("Threshold", at));
        String models = "projects/" + project + "/models/";
        JsonNode batch = extensions.call(SdkHttpMethod.POST, models + version + "/batch-detections", request);
        String number = batch.get("ModelVersion").asText();
        String id = batch.get("BatchDetectionId").asText();
        progress.line("Batch " + id + ": " + batch.get("Total") + " images of "
                + batch.get("Input").asText() + ", model version " + number + ".");
        String address = models + number + "/batch-detections/" + id;
        while (isGoingOn(batch)) {
            progress.at(line(batch));
            Pause.of(POLL_MILLIS);
            batch = extensions.call(SdkHttpMethod.GET, address, null);
        }
        if (!batch.get("Status").asText().equals("COMPLETE")) {
            throw new StackFailure(batch.get("StatusMessage").asText());
        }
        progress.line(batch.get("StatusMessage").asText());
        return summary(Place.parse(batch.get("Summary").asText()));
    }

    private static void location(ObjectNode config, Place input) {
        if (input.isManifest()) {
            config.putObject("Manifest")
                    .putObject("S3Object")
                    .put("Bucket", input.bucket())
                    .put("Key", input.key());
        } else {
            config.putObject("S3Location").put("Bucket", input.bucket()).put("Prefix", input.key());
        }
    }

    private static boolean isGoingOn(JsonNode batch) {
        String status = batch.get("Status").asText();
        return status.equals("QUEUED") || status.equals("IN_PROGRESS");
    }

    private static String line(JsonNode batch) {
        long failed = batch.get("Failed").asLong();
        return batch.get("StatusMessage").asText() + " " + batch.get("Done") + " of " + batch.get("Total")
                + (failed == 0 ? "" : ", " + failed + " bad");
    }

    private JsonNode summary(Place place) {
        try {
            return JSON.readTree(s3.getObjectAsBytes(
                            request -> request.bucket(place.bucket()).key(place.key()))
                    .asByteArray());
        } catch (S3Exception | JsonProcessingException unreadable) {
            throw new StackFailure("The summary cannot be read: " + unreadable.getMessage());
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }
}
