package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;
import software.amazon.awssdk.services.s3.S3Client;

/** A stack of its own, since what it learns on is part of how it is started. */
@Tag("stack")
class OwnBackboneTest {
    private static final String BUCKET = "networks";

    @TempDir
    private Path folder;

    @Test
    void modelIsTrainedAndEvaluatedOnAModuleFromS3UntilItsBytesChange() throws Exception {
        // Given
        Path software = Path.of("").toAbsolutePath().getParent();
        Map<String, String> overrides = Map.of(
                "DJL_CACHE_DIR",
                software.resolve("standalone/target/djl").toString(),
                "VEDETTE_BACKBONE",
                "s3://" + BUCKET + "/own/tiny.pt",
                "VEDETTE_IMAGE_SIDE",
                "192");
        StackLayout layout = StackLayout.of(new Home(folder.resolve("home")), Ports.free(), software, overrides);
        try (Stack stack = Stack.start(layout, System.out::println);
                Clients clients = Clients.of(layout.ports(), layout.credentials())) {
            S3Client s3 = clients.s3();
            s3.createBucket(request -> request.bucket(BUCKET));
            put(s3, "own/tiny.pt", TinyNetwork.module());
            put(s3, "own/tiny.json", TinyNetwork.description());
            s3.createBucket(request -> request.bucket("photographs"));
            RunningStack running = RunningStack.of(stack.layout().home());
            Workshop workshop =
                    Workshop.open(new Customer(clients.vision(), s3, "own-backbone", "photographs", running));
            workshop.dataset("train", workshop.photographs("train", 12, 8));
            workshop.dataset("test", workshop.photographs("test", 6, 6));
            // When
            workshop.askForModel();
            ModelDescription model = workshop.trained("1");
            // Then
            assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
            assertThat(model.performance().f1Score()).isGreaterThan(0.5f);
            // When
            byte[] changed = TinyNetwork.module();
            changed[changed.length - 1] ^= 1;
            put(s3, "own/tiny.pt", changed);
            workshop.askForModel();
            ModelDescription refused = workshop.trained("2");
            // Then
            assertThat(refused.status()).isEqualTo(ModelStatus.TRAINING_FAILED);
            assertThat(refused.statusMessage())
                    .contains("the backbone tiny.pt has the SHA-256")
                    .contains("not what tiny.json says");
        }
    }

    private static void put(S3Client s3, String key, byte[] bytes) {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
    }
}
