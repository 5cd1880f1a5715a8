package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunFinished;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.persistence.History;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun.State;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long work may take, stand still and be handed round, on a real Postgres. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class RunLimitsTest extends TrackedModel {
    @Inject
    History history;

    @Inject
    Deliveries deliveries;

    @Test
    void aRunThatIsHeardAndGetsNowhereIsCalledOffAndTriedAgain() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        hearFor(run, 14 * 60, 3);
        assertThat(state(run)).isEqualTo(State.RUNNING);
        // When
        hearFor(run, 2 * 60, 3);
        settleOrphan();
        // Then
        assertThat(state(run)).isEqualTo(State.FAILED);
        assertThat(QuarkusTransaction.requiringNew().call(() -> history.of(modelId)))
                .extracting(History.Entry::cause)
                .last()
                .isEqualTo(
                        "Run " + run.runId() + " of worker worker-1 has failed: The worker (worker-1) made no progress"
                                + " for 15 minutes.");
        assertThat(outboxOfKey(run.runId().toString())).contains("io.vedette.RunCancelled");
        assertThat(model()).matches(it -> it.attempt() == 2 && it.lostAttempts() == 1);
    }

    @Test
    void workThatGoesOnIsNotStalledHoweverLongItTakes() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        // When
        for (int done = 0; done < 4; done++) {
            hearFor(run, 10 * 60, done);
        }
        // Then
        assertThat(state(run)).isEqualTo(State.RUNNING);
    }

    @Test
    void aRunThatTakesADayEndsTheModelHoweverWellItGoesOn() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        beganEarlier(run, Duration.ofHours(24).minusMinutes(2));
        hearFor(run, 60, 1);
        assertThat(state(run)).isEqualTo(State.RUNNING);
        // When
        hearFor(run, 80, 2);
        // Then
        assertThat(state(run)).isEqualTo(State.CANCELLED);
        assertThat(model().status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(model().detail())
                .contains("The work was ended because it took longer than 24 hours. Use fewer or smaller images, or a"
                        + " faster machine.");
        assertThat(outboxOfKey(run.runId().toString())).contains("io.vedette.RunCancelled");
        assertThat(outbox("io.vedette.ModelStatusChanged")).hasSize(1);
    }

    @Test
    void theDayOfAnEvaluationBeginsWithIt() {
        // Given
        Run training = started(Kind.TRAINING, 1);
        beganEarlier(training, Duration.ofHours(23));
        announce(training);
        say(new RunFinished(training));
        pass(5);
        Run evaluation = started(Kind.EVALUATION, 1);
        // When
        beganEarlier(evaluation, Duration.ofHours(23));
        hearFor(evaluation, 60, 1);
        // Then
        assertThat(state(evaluation)).isEqualTo(State.RUNNING);
        assertThat(model().status()).isEqualTo(ModelStatus.TRAINING);
    }

    @Test
    void theInfrastructuresFaultCostsNoAttempt() {
        // When
        for (int attempt = 1; attempt <= 5; attempt++) {
            say(new RunFailed(started(Kind.TRAINING, attempt), Cause.INFRASTRUCTURE, "The store was away."));
            settleOrphan();
        }
        // Then
        assertThat(model())
                .matches(it -> it.attempt() == 6 && it.lostAttempts() == 0 && it.excusedAttempts() == 5)
                .matches(it -> it.status() == ModelStatus.TRAINING);
    }

    @Test
    void aRunThatFinishedWithoutNewsOfItsArtifactIsLookedInto() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        say(new RunFinished(run));
        pass(130);
        // When
        orphans.settle(orphan(), Optional.of(new Artifact(run.runId(), "key", Optional.of("aa"), 7)));
        // Then
        assertThat(model().phase()).contains(Phase.EVALUATION_QUEUED);
        assertThat(outbox("io.vedette.ModelTrained")).hasSize(1);
    }

    @Test
    void aRequestThatWasLostIsMadeAgainOnce() {
        // Given
        Run training = started(Kind.TRAINING, 1);
        announce(training);
        var waiting = deliveries.waiting().stream()
                .filter(it -> it.of().equals(modelId))
                .findFirst()
                .orElseThrow();
        assertThat(waiting.partition()).isEqualTo(3);
        // When
        deliveries.again(waiting);
        deliveries.again(waiting);
        // Then
        assertThat(model()).matches(it -> it.attempt() == 2 && it.phase().equals(Optional.of(Phase.EVALUATION_QUEUED)));
        assertThat(outbox("io.vedette.ModelTrained")).hasSize(1);
    }

    @Test
    void everyChangeIsKeptWithItsCause() {
        // Given
        Run first = started(Kind.TRAINING, 1);
        say(new RunInterrupted(first, false));
        Run second = started(Kind.TRAINING, 2);
        // When
        say(new RunFailed(second, Cause.USER, "s3://b/x.png is not an image."));
        // Then
        assertThat(QuarkusTransaction.requiringNew().call(() -> history.of(modelId)))
                .extracting(
                        it -> it.status() + " " + it.phase().map(Phase::name).orElse("-"))
                .containsExactly("TRAINING TRAINING", "TRAINING QUEUED", "TRAINING TRAINING", "TRAINING_FAILED -");
        assertThat(QuarkusTransaction.requiringNew().call(() -> history.of(modelId)))
                .extracting(History.Entry::cause)
                .last()
                .isEqualTo("s3://b/x.png is not an image.");
    }

    /** Heartbeats each ten seconds that tell of the same place. */
    private void hearFor(Run run, int seconds, int done) {
        for (int i = 0; i < seconds; i += 10) {
            say(new RunProgressed(run, "features", done, 100));
            now = now.plusSeconds(9);
            pass(1);
        }
    }

    /** As if it had begun so much earlier on the lease clock. */
    private void beganEarlier(Run run, Duration before) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery(
                                "update run set started_lease = started_lease - ?1 where run_id = ?2")
                        .setParameter(1, before.toMillis())
                        .setParameter(2, run.runId())
                        .executeUpdate());
    }
}
