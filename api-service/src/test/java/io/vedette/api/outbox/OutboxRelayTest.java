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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        assertThat(delivery.unreachable()).containsExactlyInAnyOrder("vedette.lifecycle", "vedette.run.control");
        assertThat(delivery.failure()).isPresent();
    }

    @Test
    void aRelayWhoseLeaseIsGoneSendsNothingMore() {
        AtomicInteger waits = new AtomicInteger();
        // When
        Delivery delivery = courier.deliver(
                List.of(letter(1, "vedette.lifecycle", "a"), letter(2, "vedette.run.control", "a")),
                () -> waits.incrementAndGet() == 0);
        // Then
        assertThat(waits).hasValue(1);
        assertThat(delivery.failure()).as("what was tried and failed").isEmpty();
    }

    @Test
    void oneReplicaAtATimeHasABatchAndReadsItWhenItMay() {
        // Given
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        write("first");
        List<Letter> first = await().pollInterval(Duration.ofMillis(10)) // the api's own relay has it now and then
                .atMost(Duration.ofMinutes(1))
                .until(() -> batches.claim(one, Set.of()), it -> !it.isEmpty());
        // When
        List<Letter> meanwhile = batches.claim(other, Set.of());
        batches.settle(
                first.stream()
                        .map(letter -> (Outcome) new Outcome.Sent(letter, 0, 0))
                        .toList(),
                one);
        List<Letter> after = batches.claim(other, Set.of());
        batches.release(other);
        // Then
        assertThat(meanwhile).isEmpty();
        assertThat(after).doesNotContainAnyElementsOf(first);
    }

    @Test
    void aTopicThatIsLeftOutKeepsNothingOfTheOthersBack() {
        // Given
        UUID holder = UUID.randomUUID();
        write("left-out");
        // When
        List<Letter> others = await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            batches.release(holder);
                            write("left-out");
                            List<Letter> all = batches.claim(holder, Set.of());
                            return all.isEmpty()
                                    ? null
                                    : batches.claim(holder, Set.of(all.get(0).topic()));
                        },
                        Objects::nonNull);
        batches.release(holder);
        // Then
        assertThat(others).noneMatch(letter -> letter.key().equals("left-out"));
    }

    @Test
    void whatWasPublishedLongAgoIsForgottenUnlessItIsARequestThatWaits() {
        // Given
        write("long-ago");
        write("lately");
        write("parked");
        write("waits");
        change("update outbox set parked = 'too large' where key = 'parked'");
        change("update outbox set published_at = now() - interval '31 days' where key in ('long-ago', 'waits')");
        change("update outbox set published_at = now() - interval '29 days' where key = 'lately'");
        change("insert into project (project_id, account, region, name, created_at)"
                + " values (gen_random_uuid(), '000000000001', 'us-east-1', 'forgotten', now())");
        change("insert into model (model_id, account, region, project_id, project_name, version, created_at,"
                + " output_bucket, output_prefix, status, phase, dispatch_event)"
                + " select gen_random_uuid(), account, region, project_id, name, 1, now(), 'out', '', 'TRAINING', 'QUEUED',"
                + " (select event_id from outbox where key = 'waits') from project where name = 'forgotten'");
        // When
        batches.forget();
        // Then
        assertThat(keys()).contains("lately", "parked", "waits").doesNotContain("long-ago");
        // When
        change("update model set status = 'TRAINED', phase = null where project_name = 'forgotten'");
        batches.forget();
        // Then
        assertThat(keys()).contains("lately", "parked").doesNotContain("waits");
    }

    private List<Object> keys() {
        List<?> keys = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("select key from outbox").getResultList());
        return List.copyOf(keys);
    }

    private void change(String statement) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(statement).executeUpdate());
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
