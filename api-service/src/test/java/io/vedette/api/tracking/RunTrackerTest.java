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
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.common.event.RunEvent.Tick;
import io.vedette.persistence.Model;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun.State;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With Kafka and S3 down: the api has to start without them. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class RunTrackerTest extends TrackedModel {
    @Test
    void aRunThatStartsIsTheModelsTraining() {
        // When
        Run run = started(Kind.TRAINING, 1);
        say(new RunProgressed(run, "features", 3, 10));
        // Then
        assertThat(model().phase()).contains(Phase.TRAINING);
        assertThat(QuarkusTransaction.requiringNew().call(() -> runs.running(modelId)))
                .singleElement()
                .matches(it -> it.done() == 3 && it.phase().equals(Optional.of("features")));
    }

    @Test
    void anOffsetIsAppliedOnce() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        long offset = OFFSET.getAndIncrement();
        tracker.apply(offset, now, new RunProgressed(run, "features", 3, 10));
        // When
        tracker.apply(offset, now, new RunInterrupted(run, false));
        // Then
        assertThat(model().phase()).contains(Phase.TRAINING);
    }

    @Test
    void aRunThatIsSilentForTheLeaseIsHandedOutAgain() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        pass(59);
        assertThat(state(run)).isEqualTo(State.RUNNING);
        // When
        pass(2);
        settleOrphan();
        // Then
        assertThat(state(run)).isEqualTo(State.LOST);
        assertThat(model())
                .matches(it -> it.attempt() == 2 && it.lostAttempts() == 1)
                .matches(it -> it.phase().equals(Optional.of(Phase.QUEUED)));
        assertThat(outbox("io.vedette.TrainRequested"))
                .singleElement()
                .asString()
                .contains("\"attempt\":2");
    }

    @Test
    void aRunThatIsHeardIsNeverLost() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        // When
        for (int i = 0; i < 20; i++) {
            pass(10);
            say(new RunProgressed(run, "features", i, 20));
        }
        // Then
        assertThat(state(run)).isEqualTo(State.RUNNING);
    }

    @Test
    void anOutageOfHoursIsNoSilenceOfTheWorker() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        // When
        now = now.plusSeconds(10_000);
        say(new Tick("test"));
        // Then
        assertThat(state(run)).isEqualTo(State.RUNNING);
    }

    @Test
    void threeLostAttemptsEndTheModelOnce() {
        // When
        for (int attempt = 1; attempt <= 3; attempt++) {
            started(Kind.TRAINING, attempt);
            pass(61);
            settleOrphan();
        }
        // Then
        assertThat(model().status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(model().detail()).hasValueSatisfying(it -> assertThat(it).contains("after 3 attempts"));
        assertThat(outbox("io.vedette.ModelStatusChanged")).hasSize(1);
        assertThat(outbox("io.vedette.TrainRequested")).hasSize(2);
    }

    @Test
    void anInterruptionIsHandedOutAtOnceAndCostsNothing() {
        // When
        say(new RunInterrupted(started(Kind.TRAINING, 1), false));
        // Then
        assertThat(model()).matches(it -> it.attempt() == 2 && it.lostAttempts() == 0);
        assertThat(outbox("io.vedette.TrainRequested")).hasSize(1);
    }

    @Test
    void anInterruptionIsNotHandedOutWhileAnotherRunLives() {
        // Given
        Run refused = started(Kind.TRAINING, 1);
        started(Kind.TRAINING, 1);
        // When
        say(new RunInterrupted(refused, true));
        // Then
        assertThat(model().attempt()).isEqualTo(1);
        assertThat(outbox("io.vedette.TrainRequested")).isEmpty();
    }

    @Test
    void theUsersMistakeEndsTheModelWithItsReason() {
        // When
        say(new RunFailed(started(Kind.TRAINING, 1), Cause.USER, "s3://b/x.png is not an image."));
        // Then
        assertThat(model().status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(model().detail()).contains("s3://b/x.png is not an image.");
        assertThat(outbox("io.vedette.ModelStatusChanged")).hasSize(1);
    }

    @Test
    void aFaultOfOursIsTriedAgain() {
        // When
        say(new RunFailed(started(Kind.TRAINING, 1), Cause.SYSTEM, "The object store did not answer."));
        settleOrphan();
        // Then
        assertThat(model()).matches(it -> it.attempt() == 2 && it.lostAttempts() == 1);
    }

    @Test
    void aSupersededRunIsCalledOffAndCannotEndTheModel() {
        // Given
        Run old = started(Kind.TRAINING, 1);
        pass(61);
        settleOrphan();
        // When
        say(new RunProgressed(old, "features", 9, 10));
        say(new RunFailed(old, Cause.USER, "too late"));
        // Then
        assertThat(outbox("io.vedette.RunCancelled"))
                .singleElement()
                .asString()
                .contains(old.runId().toString());
        assertThat(model().status()).isEqualTo(ModelStatus.TRAINING);
    }

    @Test
    void aRunOfAnUnknownModelIsCalledOff() {
        // Given
        Run stranger = new Run(UUID.randomUUID(), Kind.TRAINING, UUID.randomUUID(), arn, 1);
        // When
        say(new RunStarted(stranger, "w"));
        // Then
        assertThat(outboxOfKey(stranger.runId().toString())).containsExactly("io.vedette.RunCancelled");
    }

    @Test
    void aLostRunThatSpeaksBeforeAnythingIsDecidedGoesOn() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        pass(61);
        Model seen = orphan();
        // When
        say(new RunProgressed(run, "features", 9, 10));
        orphans.settle(seen, Optional.empty());
        // Then
        assertThat(state(run)).isEqualTo(State.RUNNING);
        assertThat(model().attempt()).isEqualTo(1);
    }

    @Test
    void whenARunWasLostStaysKnownWhateverBecomesOfIt() {
        // Given
        Run goesOn = started(Kind.TRAINING, 1);
        assertThat(lostAt(goesOn)).isEmpty();
        pass(61);
        Instant first = lostAt(goesOn).orElseThrow();
        // When
        say(new RunProgressed(goesOn, "features", 9, 10));
        // Then
        assertThat(state(goesOn)).isEqualTo(State.RUNNING);
        assertThat(lostAt(goesOn)).contains(first);
        // When
        pass(61);
        Instant again = lostAt(goesOn).orElseThrow();
        settleOrphan();
        pass(5);
        say(new RunProgressed(goesOn, "features", 9, 10));
        // Then
        assertThat(again).isAfter(first);
        assertThat(state(goesOn)).isEqualTo(State.CANCELLED);
        assertThat(lostAt(goesOn)).contains(again);
    }

    private Optional<Instant> lostAt(Run run) {
        Object at = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("select lost_at from run where run_id = ?1", Instant.class)
                        .setParameter(1, run.runId())
                        .getSingleResultOrNull());
        return Optional.ofNullable((Instant) at);
    }
}
