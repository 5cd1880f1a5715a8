package io.vedette.api.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class IdempotencyTest {
    private static final Scope HOME = new Scope("000000000001", "us-east-1");
    private static final Resource TARGET = Resource.project(new ProjectName("target"));

    @Inject
    Idempotency idempotency;

    @Inject
    Caller caller;

    @Inject
    EntityManager entities;

    private final String token = UUID.randomUUID().toString();
    private final AtomicInteger effects = new AtomicInteger();

    record Input(String name, List<String> tags) {}

    record Answer(int number, Instant at) {}

    @Test
    @Tag("LV-024")
    void theSameCallIsAnsweredAgainAndHasOneEffect() {
        Answer first = call(HOME, "Create", token, "a");
        Answer second = call(HOME, "Create", token, "a");
        assertThat(second).isEqualTo(first);
        assertThat(effects).hasValue(1);
    }

    @Test
    @Tag("LV-025")
    void theSameTokenWithOtherInputIsAConflictOfTheTarget() {
        call(HOME, "Create", token, "a");
        assertThatThrownBy(() -> call(HOME, "Create", token, "b"))
                .isInstanceOfSatisfying(ServiceException.class, conflict -> {
                    assertThat(conflict.error()).isEqualTo(AwsError.CONFLICT);
                    assertThat(conflict.resource()).contains(TARGET);
                });
        assertThat(effects).hasValue(1);
    }

    @Test
    @Tag("LV-037")
    void aTokenBelongsToAccountRegionAndOperation() {
        call(HOME, "Create", token, "a");
        call(HOME, "Delete", token, "b");
        call(new Scope("000000000002", "us-east-1"), "Create", token, "c");
        call(new Scope("000000000001", "eu-west-1"), "Create", token, "d");
        assertThat(effects).hasValue(4);
    }

    @Test
    @Tag("LV-036")
    void withoutATokenNothingIsRemembered() {
        call(HOME, "Create", null, "a");
        call(HOME, "Create", null, "a");
        assertThat(effects).hasValue(2);
    }

    @Test
    @Tag("LV-038")
    void aFailedCallDoesNotUseUpItsToken() {
        assertThatThrownBy(() -> inCall(
                        HOME,
                        () -> once("Create", token, "a", () -> {
                            throw AwsError.VALIDATION.because("no");
                        })))
                .isInstanceOf(ServiceException.class);
        assertThat(call(HOME, "Create", token, "b").number()).isEqualTo(1);
    }

    @Test
    @Tag("LV-034")
    void aTokenIsNewAgainAfterEightHours() {
        call(HOME, "Create", token, "a");
        assertThat(expiry()).isEqualTo("07:59");
        age();
        assertThat(call(HOME, "Create", token, "b").number()).isEqualTo(2);
        assertThat(call(HOME, "Create", token, "b").number()).isEqualTo(2);
    }

    @Test
    void whatHasExpiredIsForgotten() {
        call(HOME, "Create", token, "a");
        idempotency.forget();
        assertThat(rows()).isEqualTo(1);
        age();
        idempotency.forget();
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @Tag("LV-035")
    @ValueSource(
            strings = {"", "a b", "ä", "a_b", "a\n", "0123456789012345678901234567890123456789012345678901234567890123x"
            })
    void aMalformedTokenIsRefused(String malformed) {
        assertThatThrownBy(() -> call(HOME, "Create", malformed, "a"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.error()).isEqualTo(AwsError.VALIDATION));
        assertThat(effects).hasValue(0);
    }

    @Test
    void callsAtOnceWithOneTokenHaveOneEffectAndOneAnswer() throws Exception {
        List<Answer> answers = atOnce(8, () -> call(HOME, "Create", token, "a"));
        assertThat(answers).hasSize(8).containsOnly(answers.get(0));
        assertThat(effects).hasValue(1);
    }

    @Test
    void theLoserOfARaceHasTheEffectIfTheWinnerFails() throws Exception {
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> winner = threads.submit(() -> inCall(
                    HOME,
                    () -> once("Create", token, "a", () -> {
                        claimed.countDown();
                        await(fail);
                        throw AwsError.VALIDATION.because("no");
                    })));
            await(claimed);
            Future<Answer> loser = threads.submit(() -> call(HOME, "Create", token, "a"));
            assertThatThrownBy(() -> loser.get(300, TimeUnit.MILLISECONDS))
                    .as("the loser waits for the winner's end")
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            fail.countDown();
            assertThatThrownBy(winner::get).hasCauseInstanceOf(ServiceException.class);
            assertThat(loser.get(10, TimeUnit.SECONDS).number()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private Answer call(Scope scope, String operation, String token, String name) {
        return inCall(
                scope,
                () -> once(
                        operation,
                        token,
                        name,
                        () -> new Answer(effects.incrementAndGet(), Instant.ofEpochMilli(1607277318389L))));
    }

    private Answer once(String operation, String token, String name, Supplier<Answer> effect) {
        return idempotency.once(
                new Idempotency.Call<>(operation, token, new Input(name, List.of("t")), TARGET, Answer.class), effect);
    }

    private Answer inCall(Scope scope, Callable<Answer> call) {
        var context = Arc.container().requestContext();
        boolean mine = !context.isActive();
        if (mine) {
            context.activate();
        }
        try {
            caller.is(scope, "AKIATEST");
            return QuarkusTransaction.requiringNew().call(call);
        } finally {
            if (mine) {
                context.terminate();
            }
        }
    }

    private static List<Answer> atOnce(int count, Callable<Answer> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            return threads.invokeAll(java.util.Collections.nCopies(count, call)).stream()
                    .map(IdempotencyTest::result)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Answer result(Future<Answer> future) {
        try {
            return future.get();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private String expiry() {
        return QuarkusTransaction.requiringNew().call(() -> (String)
                entities.createNativeQuery("select to_char(expires_at - clock_timestamp(), 'HH24:MI') from idempotency"
                                + " where token = ?1 and operation = 'Create' and account = '000000000001'")
                        .setParameter(1, token)
                        .getSingleResult());
    }

    private void age() {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(
                                "update idempotency set expires_at = expires_at - interval '8 hours' where token = ?1")
                        .setParameter(1, token)
                        .executeUpdate());
    }

    private long rows() {
        return QuarkusTransaction.requiringNew()
                .call(() -> (Long) entities.createNativeQuery("select count(*) from idempotency where token = ?1")
                        .setParameter(1, token)
                        .getSingleResult());
    }
}
