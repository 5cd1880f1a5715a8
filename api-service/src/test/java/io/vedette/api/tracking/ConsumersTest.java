package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.vedette.api.PostgresAlone;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The api's health with a database and no broker, and with a consumer that has died. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
@TestMethodOrder(OrderAnnotation.class)
class ConsumersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TestHTTPResource(value = "health", management = true)
    URL health;

    @Inject
    KafkaClientService clients;

    @Inject
    LeaseClocks clocks;

    @Test
    @Order(1)
    void withoutABrokerItIsAliveAndReadyIfThereHasEverBeenOne() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answer("/live").statusCode()).isEqualTo(200));
        assertThat(answer("/ready").body()).contains("\"topics\"");
        // When
        QuarkusTransaction.requiringNew()
                .run(() -> clocks.write(clocks.read().ticked(Instant.now(), Duration.ofSeconds(5))));
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answer("/ready").body()).doesNotContain("\"topics\""));
        assertThat(consumers().toString()).contains("\"run-events\":\"polls\"", "\"model-trained\":\"polls\"");
    }

    @Test
    @Order(2)
    void aConsumerThatHasDiedIsNoLongerAlive() {
        // When
        clients.<String, byte[]>getConsumer("model-trained")
                .runOnPollingThread((Consumer<String, byte[]> polling) -> polling.close())
                .await()
                .atMost(PATIENCE);
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answer("/live").statusCode()).isEqualTo(503));
        assertThat(consumers().toString()).contains("\"model-trained\":\"has ended\"");
        assertThat(answer("/ready").body()).doesNotContain("\"consumers\"", "\"topics\"");
    }

    private JsonNode consumers() {
        try {
            for (JsonNode check :
                    new ObjectMapper().readTree(answer("/live").body()).get("checks")) {
                if (check.get("name").asText().equals("consumers")) {
                    return check.get("data");
                }
            }
        } catch (IOException malformed) {
            throw new AssertionError(malformed);
        }
        throw new AssertionError("there is no such check");
    }

    private HttpResponse<String> answer(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(health + path)).build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
