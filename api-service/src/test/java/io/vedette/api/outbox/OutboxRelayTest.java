package io.vedette.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.outbox.Courier.Delivery;
import io.vedette.api.outbox.OutboxBatches.Outcome;
import io.vedette.persistence.Outbox.Letter;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On a real Postgres, with a broker that is away. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class OutboxRelayTest {
    @Inject
    Courier courier;

    @Inject
    OutboxBatches batches;

    @Inject
    EntityManager entities;

    @Test
    void aBrokerThatIsAwayIsWaitedForOnceForEachTopicHoweverManyLettersThereAre() {
        // Given
        List<Letter> letters = IntStream.range(0, 40)
                .mapToObj(i -> letter(i, i % 2 == 0 ? "vedette.lifecycle" : "vedette.run.control", "key-" + i))
                .toList();
        AtomicInteger waits = new AtomicInteger();
        // When
        Delivery delivery = courier.deliver(letters, () -> waits.incrementAndGet() > 0);
        // Then
        assertThat(waits).hasValue(2);
        assertThat(delivery.outcomes()).isEmpty();
        assertThat(delivery.failure()).isPresent();
    }

    @Test
    void aRelayWhoseLeaseIsGoneSendsNothingMore() {
        AtomicInteger waits = new AtomicInteger();
        // When
        courier.deliver(
                List.of(letter(1, "vedette.lifecycle", "a"), letter(2, "vedette.run.control", "a")),
                () -> waits.incrementAndGet() == 0);
        // Then
        assertThat(waits).hasValue(1);
    }

    @Test
    void oneReplicaAtATimeHasABatchAndReadsItWhenItMay() {
        // Given
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        write("first");
        List<Letter> first = await().pollInterval(Duration.ofMillis(10)) // the api's own relay has it now and then
                .atMost(Duration.ofMinutes(1))
                .until(() -> batches.claim(one), it -> !it.isEmpty());
        // When
        List<Letter> meanwhile = batches.claim(other);
        batches.settle(
                first.stream()
                        .map(letter -> (Outcome) new Outcome.Sent(letter, 0, 0))
                        .toList(),
                one);
        List<Letter> after = batches.claim(other);
        batches.release(other);
        // Then
        assertThat(meanwhile).isEmpty();
        assertThat(after).doesNotContainAnyElementsOf(first);
    }

    private void write(String key) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(
                                "insert into outbox (event_id, topic, key, type, subject, data, created_at)"
                                        + " values (gen_random_uuid(), 'vedette.lifecycle', ?1, 'io.vedette.Test', ?1, '{}', now())")
                        .setParameter(1, key)
                        .executeUpdate());
    }

    private static Letter letter(long id, String topic, String key) {
        return new Letter(id, UUID.randomUUID(), topic, key, "type", key, "{}", Optional.empty(), Instant.EPOCH);
    }
}
