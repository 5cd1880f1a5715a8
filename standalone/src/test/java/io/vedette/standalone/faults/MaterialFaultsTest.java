package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.Lines;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelMetadata;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** What the caller has brought is gone, or is not what it is called: buckets and photographs. */
@FaultTest
@Tag("quick")
@Execution(ExecutionMode.CONCURRENT)
class MaterialFaultsTest {
    @Fault(31)
    void theOutputBucketIsDeleted(Scene row) {
        // Given
        String bucket = bucket(row, "deleted-output");
        row.prepare("slow-1");
        String model = ask(row, bucket);
        // When
        row.fault();
        row.stack().clients().s3().deleteBucket(request -> request.bucket(bucket));
        // Then
        assertFailed(row, model, bucket);
    }

    @Fault(31)
    void theOutputBucketIsDenied(Scene row) {
        // Given
        String bucket = bucket(row, "denied-output");
        row.prepare("slow-1");
        String model = ask(row, bucket);
        // When
        row.fault();
        row.stack().proxies().s3().answer("PUT /" + bucket + "/", 1000, 403, "AccessDenied");
        // Then
        assertFailed(row, model, bucket);
    }

    /** What is cut short, no image at all or too small is BadImagesTest's. */
    @Fault(32)
    void photographsThatNobodyCanUse(Scene row) {
        // Given
        row.prepare();
        Map<String, String> expected = new LinkedHashMap<>();
        // When
        expected.put(asked(row, "moving.gif", OddImages.gif()), "/moving.gif is neither a PNG nor a JPEG image.");
        expected.put(asked(row, "empty.png", new byte[0]), "/empty.png is empty.");
        expected.put(asked(row, "bomb.png", OddImages.bomb()), "/bomb.png is 10000x10000 pixels");
        // Then
        expected.forEach((version, sentence) -> {
            ModelDescription model = row.ended(version);
            assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINING_FAILED);
            assertThat(model.statusMessage()).contains(sentence);
        });
        assertThat(row.runs("EVALUATION"))
                .as("one attempt each: no evaluator died of one")
                .isEqualTo(expected.size());
    }

    @Fault(32)
    void photographsThatAreUnusual(Scene row) {
        // Given
        row.prepare();
        Map<String, byte[]> images = Map.of(
                "inks.jpg", OddImages.cmykJpeg(),
                "deep.png", OddImages.deepPng(),
                "rotated.jpg", OddImages.rotatedJpeg(),
                "moving.png", OddImages.animatedPng());
        images.forEach((name, bytes) -> row.workshop().put(row.name() + "/" + name, bytes));
        // When
        row.fault();
        row.workshop()
                .update(
                        "test",
                        images.keySet().stream()
                                .map(name -> Lines.of(row.workshop().address(row.name() + "/" + name), "normal"))
                                .toArray(String[]::new));
        String model = row.ask();
        // Then
        row.trained(model);
        String manifest = row.workshop()
                .read(FaultStack.BUCKET, row.name() + "/out/EvaluationManifest-" + row.name() + "-1.json");
        assertThat(manifest.lines()).hasSize(4 + images.size());
        assertThat(manifest).contains(images.keySet());
    }

    /** A model in whose frozen test set this one photograph is wrong. @return its version */
    private static String asked(Scene row, String name, byte[] bytes) {
        String key = row.name() + "/" + name;
        row.workshop().put(key, bytes);
        row.fault();
        update(row, Lines.of(row.workshop().address(key), "normal"));
        String version = row.ask();
        update(row, Lines.unlabelled(row.workshop().address(key)));
        return version;
    }

    private static void update(Scene row, String line) {
        assertThat(row.workshop().update("test", line).status()).isEqualTo(DatasetStatus.UPDATE_COMPLETE);
    }

    private static String bucket(Scene row, String name) {
        row.stack().clients().s3().createBucket(request -> request.bucket(name));
        return name;
    }

    private static String ask(Scene row, String bucket) {
        String token = UUID.randomUUID().toString();
        row.witness().asks(token);
        ModelMetadata model = row.persistently(() -> row.workshop()
                .askForModel(request -> request.clientToken(token)
                        .outputConfig(output -> output.s3Location(location -> location.bucket(bucket)))));
        row.witness().accepted(token, model.modelArn());
        return model.modelVersion();
    }

    private static void assertFailed(Scene row, String version, String bucket) {
        ModelDescription model = row.ended(version);
        assertThat(model.status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(model.statusMessage()).contains("could not be written to the output bucket " + bucket);
        assertThat(row.runs("EVALUATION"))
                .as("evaluations: trying again would not help")
                .isEqualTo(1);
        String artifact = row.database()
                .rows("select artifact from model where project_name = ?", row.name())
                .get(0)
                .get("artifact")
                .toString();
        assertThat(Evidence.of(row.stack(), row.name()).object("vedette", artifact))
                .as("the artifact is kept")
                .isPresent();
    }
}
