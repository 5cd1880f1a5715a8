package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import io.vedette.standalone.stack.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/** The api dies between a call and its answer, or before the world hears of what it has promised. */
@FaultTest
@Tag("quick")
@Isolated
class ApiFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Fault(1)
    void killedBeforeTheCommit(Scene row) {
        // When
        row.prepare();
        row.crashAt("api.before-commit");
        String model = row.ask("one-token");
        row.awaitCrash("api.before-commit");
        // Then
        assertThat(model).isEqualTo("1");
        row.trained(model);
        assertThat(row.workshop().models()).hasSize(1);
    }

    @Fault(2)
    void killedAfterTheCommit(Scene row) {
        // When
        row.prepare();
        row.crashAt("api.after-commit");
        String model = row.ask("one-token");
        row.awaitCrash("api.after-commit");
        // Then
        assertThat(model).isEqualTo("1");
        row.trained(model);
        assertThat(row.workshop().models()).hasSize(1);
    }

    @Fault(3)
    void killedBeforeTheOutboxIsPublished(Scene row) {
        // When
        row.prepare();
        row.crashAt("relay.before-send", Topic.TRAINING_REQUESTED);
        String model = row.ask();
        row.awaitCrash("relay.before-send");
        // Then
        row.trained(model);
        assertThat(row.requests()).isEqualTo(1);
    }

    @Fault(4)
    void killedBetweenKafkasAcknowledgementAndTheMark(Scene row) {
        // When
        row.prepare();
        row.crashAt("relay.after-ack", Topic.TRAINING_REQUESTED);
        String model = row.ask();
        row.awaitCrash("relay.after-ack");
        // Then
        row.trained(model);
        // the next relay waits for the lease of the one that was killed
        await("a duplicate of the request").atMost(PATIENCE).until(() -> row.requests() > 1);
        assertThat(row.requests()).isEqualTo(2);
    }

    @Fault(5)
    void twoRelaysAtOnce(Scene row) {
        // Given: a relay that stands still with the first of what the world is to hear
        row.prepare();
        try (Replica second = Replica.start(row.stack().layout(), "api")) {
            row.fault();
            row.stack().crashes().hold("relay.before-send", Topic.LIFECYCLE.suffix() + " " + row.arns());
            String model = row.ask();
            row.stack().crashes().awaitReached("relay.before-send");
            // When: its lease runs out, and the other one sends that and all that comes after
            await().atMost(PATIENCE).until(() -> statuses(row, model).contains("TRAINED"));
            row.stack().crashes().release("relay.before-send");
            // Then
            row.trained(row.ask());
            assertThat(statuses(row, model)).containsExactly("TRAINING", "TRAINED");
            assertThat(second.process().isAlive()).isTrue();
        }
    }

    /** As the world hears them, in the order of their partition; one after itself counts once. */
    private static List<String> statuses(Scene row, String version) {
        List<String> statuses = new ArrayList<>();
        Evidence.of(row.stack(), row.name()).on(Topic.LIFECYCLE).stream()
                .filter(event -> (row.arns() + version).equals(event.key()))
                .map(event -> event.json().path("status").asText())
                .filter(status ->
                        statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(status))
                .forEach(statuses::add);
        return statuses;
    }

    @Fault(6)
    void transactionsCommitInTheOppositeOrderOfTheirIds(Scene row) {
        // Given
        row.prepare();
        Scene other = row.another("later");
        other.prepare();
        row.fault();
        row.stack().crashes().hold("api.before-commit", row.arns());
        CompletableFuture<String> held = CompletableFuture.supplyAsync(row::ask);
        row.stack().crashes().awaitReached("api.before-commit");
        // When
        other.trained(other.ask());
        row.stack().crashes().release("api.before-commit");
        // Then
        row.trained(held.join());
    }

    @Fault(7)
    void kafkaIsAwayWhileModelsAreAskedFor(Scene row) {
        // Given
        row.prepare();
        row.fault();
        List<String> models = new ArrayList<>();
        // When
        row.stack().proxies().kafka().cut();
        for (int i = 0; i < 3; i++) {
            models.add(row.askOnce(UUID.randomUUID().toString()).modelVersion());
        }
        row.letPass(Duration.ofSeconds(8));
        assertThat(row.unsent()).as("events that wait").isGreaterThanOrEqualTo(6);
        row.stack().proxies().kafka().heal();
        // Then
        models.forEach(row::trained);
        assertThat(row.database().number("select count(*) from outbox where parked is not null"))
                .isZero();
    }
}
