package io.vedette.api.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.SignedCalls;
import io.vedette.api.SignedCalls.Answer;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers of a database that does not answer, and what the api does by itself meanwhile. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class CallTransactionsTest {
    private static final int CALLERS = 40;

    @Inject
    EntityManager entities;

    @Inject
    CallPlaces places;

    @Test
    @Timeout(60)
    void callersWaitForAPlaceAndAreTurnedAwayWhileTheBackgroundGoesOn() {
        // Given
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS + 1);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> hold(locked, release), threads);
        try {
            awaitLatch(locked);
            // When
            SignedCalls root = SignedCalls.ofRoot();
            List<CompletableFuture<Answer>> calls = IntStream.range(0, CALLERS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> root.get("/2020-11-20/projects"), threads))
                    .toList();
            await().until(() -> places.free().availablePermits() == 0);
            // Then
            Number ofTheBackground = QuarkusTransaction.requiringNew()
                    .timeout(5)
                    .call(() -> (Number) entities.createNativeQuery("select count(*) from outbox")
                            .getSingleResult());
            assertThat(ofTheBackground).isNotNull();
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            calls.stream().filter(CompletableFuture::isDone).count() == CALLERS - 12);
            release.countDown();
            List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(12);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .hasSize(CALLERS - 12)
                    .allSatisfy(refused -> {
                        assertThat(refused.error()).isEqualTo("ThrottlingException");
                        assertThat(refused.headers()).containsEntry("retry-after", "1");
                    });
            assertThat(places.free().availablePermits()).isEqualTo(12);
        } finally {
            release.countDown();
            slow.join();
            threads.shutdown();
        }
    }

    /** Whoever reads or writes a project waits until the release. */
    private void hold(CountDownLatch locked, CountDownLatch release) {
        QuarkusTransaction.requiringNew().run(() -> {
            entities.createNativeQuery("lock table project in access exclusive mode")
                    .executeUpdate();
            locked.countDown();
            awaitLatch(release);
        });
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
