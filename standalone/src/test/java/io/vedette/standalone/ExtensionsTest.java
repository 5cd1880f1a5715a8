package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.customer.Extensions.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.lookoutvision.model.DatasetImageStats;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** What AWS never had, called as a program calls it that has no SDK for it. */
@StackTest
class ExtensionsTest {
    @Test
    void aFolderOfImagesBecomesADataSetAndAnotherAddsToIt(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.put("parts/normal/1.png", Photographs.png(1, false));
        workshop.put("parts/normal/2.JPG", Photographs.jpeg(2));
        workshop.put("parts/normal/readme.txt", new byte[] {1});
        workshop.put("parts/anomaly/3.png", Photographs.png(3, true));
        workshop.put("more/anomaly/4.png", Photographs.png(4, true));
        Extensions http = new Extensions(customer.vision());
        // When
        Answer made = post(http, imports(workshop), "{\"Bucket\":\"" + workshop.bucket() + "\",\"Prefix\":\"parts\"}");
        // Then
        assertThat(made.status()).isEqualTo(202);
        assertThat(made.body().at("/DatasetMetadata/Status").asText()).isEqualTo("CREATE_IN_PROGRESS");
        assertThat(workshop.settled("train").imageStats()).isEqualTo(stats(3, 2, 1));
        // When
        Answer added = post(http, imports(workshop), "{\"Bucket\":\"" + workshop.bucket() + "\",\"Prefix\":\"more/\"}");
        // Then
        assertThat(added.body().at("/DatasetMetadata/Status").asText()).isEqualTo("UPDATE_IN_PROGRESS");
        assertThat(workshop.settled("train").imageStats()).isEqualTo(stats(4, 2, 2));
    }

    @Test
    void aFolderWithoutImagesIsRefusedByItsName(Customer customer) {
        Workshop workshop = Workshop.open(customer);
        Answer refused = post(
                new Extensions(customer.vision()),
                imports(workshop),
                "{\"Bucket\":\"" + workshop.bucket() + "\",\"Prefix\":\"nothing\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().get("Message").asText()).contains("s3://" + workshop.bucket() + "/nothing/");
    }

    @Test
    void singleImagesAreTakenOut(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        List<String> lines = Lines.many(workshop.bucket(), "normal", 0, 3);
        workshop.dataset("train", lines);
        // When
        Answer removed = post(
                new Extensions(customer.vision()),
                "/vedette/v1/projects/" + workshop.project() + "/datasets/train/entry-removals",
                "{\"SourceRefs\":[\"" + workshop.address("normal/IMG_1.png") + "\",\"s3://nobody/none\"]}");
        // Then
        assertThat(removed.body().get("Removed").asInt()).isEqualTo(1);
        assertThat(workshop.describe("train").imageStats()).isEqualTo(stats(2, 2, 0));
        assertThat(workshop.entries("train")).noneMatch(line -> line.contains("IMG_1.png"));
    }

    @Test
    void aTrainingTellsHowFarItIsAndCanBeStopped(Customer customer) {
        // Given
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", workshop.photographs("images", 20, 10));
        workshop.askForModel();
        Extensions http = new Extensions(customer.vision());
        String model = "/vedette/v1/projects/" + workshop.project() + "/models/1";
        // Then
        JsonNode before = http.send(SdkHttpMethod.GET, model + "/progress", Map.of(), "", new byte[0])
                .body();
        assertThat(before.get("Status").asText()).isEqualTo("TRAINING");
        assertThat(before.get("Phase").asText()).isIn("QUEUED", "TRAINING");
        assertThat(before.get("Attempt").asInt()).isEqualTo(1);
        // When
        Answer stopped = post(http, model + "/stop-training", "");
        // Then
        assertThat(stopped.status()).isEqualTo(202);
        ModelDescription after = workshop.model("1");
        assertThat(after.status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(after.statusMessage()).isEqualTo("Training was stopped.");
        assertThat(post(http, model + "/stop-training", "").status()).isEqualTo(409);
    }

    @Test
    void theLifecycleIsHeardAsServerSentEvents(Customer customer) throws IOException {
        // Given
        Extensions http = new Extensions(customer.vision());
        AbortableInputStream stream = http.open("/vedette/v1/events");
        try {
            BufferedReader events = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            assertThat(events.readLine()).isEqualTo(":listening");
            // When
            Workshop.open(customer);
            // Then
            String[] data = new String[1];
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                String line = events.readLine();
                data[0] = line.startsWith("data:") && line.contains(customer.project()) ? line : data[0];
                return data[0] != null;
            });
            assertThat(data[0]).contains("\"type\":\"io.vedette.ProjectCreated\"");
        } finally {
            stream.abort();
        }
    }

    private static Answer post(Extensions http, String path, String body) {
        return http.send(SdkHttpMethod.POST, path, Map.of(), "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String imports(Workshop workshop) {
        return "/vedette/v1/projects/" + workshop.project() + "/datasets/train/folder-imports";
    }

    private static DatasetImageStats stats(int total, int normal, int anomaly) {
        return DatasetImageStats.builder()
                .total(total)
                .labeled(normal + anomaly)
                .normal(normal)
                .anomaly(anomaly)
                .build();
    }
}
