package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.standalone.customer.Extensions;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionServiceClientConfiguration;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lookoutvision.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** Accounts beside the first one: what they see, may name and may have. */
@StackTest
class TenantsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @Tag("LV-139")
    void anAccountTrainsAsManyModelsAtATimeAsItMay(Customer customer) {
        ObjectNode limits = JSON.createObjectNode().put("Name", "tenant").put("ConcurrentTrainings", 1);
        try (LookoutVisionClient vision = tenant(customer, limits)) {
            // Given
            Customer tenant =
                    new Customer(vision, customer.s3(), customer.project(), customer.bucket(), customer.stack());
            Workshop workshop = Workshop.open(tenant);
            workshop.dataset("train", workshop.photographs("images", 20, 10));
            workshop.askForModel();
            // Then
            assertThatExceptionOfType(ServiceQuotaExceededException.class)
                    .isThrownBy(workshop::askForModel)
                    .satisfies(refusal -> {
                        assertThat(refusal.statusCode()).isEqualTo(402);
                        assertThat(refusal.quotaCode()).isEqualTo("concurrent-trainings");
                        assertThat(refusal.serviceCode()).isEqualTo("lookoutvision");
                    });
            // When
            workshop.trained("1");
            // Then
            assertThat(workshop.askForModel().modelVersion()).isEqualTo("2");
        }
    }

    @Test
    @Tag("LV-022")
    void anAccountSeesOnlyItsOwnProjects(Customer customer) {
        Workshop.open(customer);
        try (LookoutVisionClient vision =
                tenant(customer, JSON.createObjectNode().put("Name", "tenant"))) {
            assertThat(vision.listProjects(request -> {}).projects()).isEmpty();
            assertThatExceptionOfType(ResourceNotFoundException.class)
                    .isThrownBy(() -> vision.describeProject(request -> request.projectName(customer.project())));
        }
    }

    @Test
    void anAccountSeesNoBatchesOfAnother(HostedProject project, Customer customer) {
        // Given
        Batches ours = Batches.of(customer, project, HostedProject.TRAINED);
        ours.put("in/1.png", HostedProject.testImage(0));
        JsonNode batch = ours.complete(ours.start(ours.ofPrefix("in/")));
        try (LookoutVisionClient vision =
                tenant(customer, JSON.createObjectNode().put("Name", "tenant"))) {
            Customer tenant =
                    new Customer(vision, customer.s3(), customer.project(), customer.bucket(), customer.stack());
            Batches theirs = Batches.of(tenant, project, HostedProject.TRAINED);
            // Then
            assertThat(theirs.get(theirs.address(batch), Map.of()).status()).isEqualTo(404);
            assertThat(theirs.get(theirs.path(), Map.of()).status()).isEqualTo(404);
            assertThat(theirs.stop(batch).status()).isEqualTo(404);
            assertThat(theirs.ask(theirs.ofPrefix("in/")).status()).isEqualTo(404);
        }
    }

    @Test
    void anAccountNamesOnlyItsOwnBuckets(Customer customer) {
        ObjectNode account = JSON.createObjectNode().put("Name", "tenant");
        account.putArray("Buckets").add("theirs-alone");
        try (LookoutVisionClient vision = tenant(customer, account)) {
            Customer tenant =
                    new Customer(vision, customer.s3(), customer.project(), customer.bucket(), customer.stack());
            Workshop workshop = Workshop.open(tenant);
            workshop.manifest("a.manifest", Lines.many(customer.bucket(), "normal", 0, 1));
            assertThatExceptionOfType(ValidationException.class)
                    .isThrownBy(() -> workshop.createDataset("train", customer.bucket(), "a.manifest"))
                    .withMessageContaining(customer.bucket());
        }
    }

    /** A client of a new account. */
    private static LookoutVisionClient tenant(Customer customer, ObjectNode account) {
        String id = "9" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
        try (Extensions extensions = new Extensions(customer.vision())) {
            extensions.call(SdkHttpMethod.PUT, "accounts/" + id, account);
            JsonNode key = extensions.call(SdkHttpMethod.POST, "access-keys", keyFor(id));
            LookoutVisionServiceClientConfiguration like = customer.vision().serviceClientConfiguration();
            return LookoutVisionClient.builder()
                    .endpointOverride(like.endpointOverride().orElseThrow())
                    .region(like.region())
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                            key.at("/AccessKey/AccessKeyId").asText(),
                            key.path("SecretAccessKey").asText())))
                    .httpClientBuilder(ApacheHttpClient.builder())
                    .build();
        }
    }

    private static ObjectNode keyFor(String account) {
        ObjectNode request = JSON.createObjectNode().put("Name", "test").put("Account", account);
        request.putArray("Policies").add("AmazonLookoutVisionFullAccess");
        return request;
    }
}
