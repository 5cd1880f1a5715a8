package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent.Performance;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunFinished;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.common.event.RunEvent.Tick;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Model.Output;
import io.vedette.persistence.Models;
import io.vedette.persistence.NewModel;
import io.vedette.persistence.Phase;
import io.vedette.persistence.Runs;
import io.vedette.persistence.TrackedRun.State;
import io.vedette.persistence.Winner;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real Postgres, and with Kafka and S3 down: the api has to start without them. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class RunTrackerTest {
    private static final AtomicLong OFFSET = new AtomicLong();
    private static Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    RunTracker tracker;

    @Inject
    ArtifactTracker artifacts;

    @Inject
    Orphans orphans;

    @Inject
    Models models;

    @Inject
    Runs runs;

    @Inject
    EntityManager entities;

    private final UUID modelId = UUID.randomUUID();
    private final ModelArn arn = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/p"
            + modelId.toString().substring(0, 8) + "/1");

    @BeforeEach
    void aModelIsAskedFor() {
        UUID project = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> {
            entities.createNativeQuery("insert into project (project_id, account, region, name, created_at)"
                            + " values (?1, '000000000001', 'us-east-1', ?2, now())")
                    .setParameter(1, project)
                    .setParameter(2, arn.project().value())
                    .executeUpdate();
            models.add(
                    new NewModel(modelId, project, arn, Instant.now(), null, null, new Output("out", ""), List.of()));
        });
        pass(1);
    }

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
    void aLostRunsArtifactIsAdopted() {
        // Given
        Run run = started(Kind.TRAINING, 1);
        pass(61);
        Model seen = orphan();
        // When
        orphans.settle(seen, Optional.of(new Artifact(run.runId(), "key", Optional.of("aa"), 7)));
        orphans.settle(seen, Optional.empty());
        // Then
        assertThat(model().phase()).contains(Phase.EVALUATION_QUEUED);
        assertThat(outbox("io.vedette.ModelTrained")).hasSize(1);
        assertThat(outbox("io.vedette.TrainRequested")).isEmpty();
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
    void theFirstArtifactCountsAndOtherTrainingsStop() {
        // Given
        Run slow = started(Kind.TRAINING, 1);
        Run fast = started(Kind.TRAINING, 1);
        // When
        announce(fast);
        announce(slow);
        say(new RunFinished(fast));
        // Then
        assertThat(model().phase()).contains(Phase.EVALUATION_QUEUED);
        assertThat(model().artifact())
                .hasValueSatisfying(it -> assertThat(it.trainingRunId()).isEqualTo(fast.runId()));
        assertThat(state(slow)).isEqualTo(State.CANCELLED);
        assertThat(state(fast)).isEqualTo(State.FINISHED);
    }

    @Test
    void anEvaluationMayStartBeforeItsArtifactIsRead() {
        // Given
        Run training = started(Kind.TRAINING, 1);
        // When
        Run evaluation = started(Kind.EVALUATION, 1);
        announce(training);
        // Then
        assertThat(model().phase()).contains(Phase.EVALUATING);
        assertThat(model().artifact()).isPresent();
        assertThat(state(evaluation)).isEqualTo(State.RUNNING);
    }

    @Test
    void aLostEvaluationIsHandedOutAgainWithItsArtifact() {
        // Given
        Run training = started(Kind.TRAINING, 1);
        announce(training);
        say(new RunFinished(training));
        started(Kind.EVALUATION, 1);
        pass(61);
        // When
        settleOrphan();
        // Then
        assertThat(model()).matches(it -> it.attempt() == 2 && it.phase().equals(Optional.of(Phase.EVALUATION_QUEUED)));
        assertThat(outbox("io.vedette.ModelTrained"))
                .singleElement()
                .asString()
                .contains(training.runId().toString(), "\"attempt\":2");
    }

    @Test
    void oneEvaluationWinsAndOnlyItMakesTheModelTrained() {
        // Given
        Run training = started(Kind.TRAINING, 1);
        announce(training);
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        // When
        boolean firstWon =
                QuarkusTransaction.requiringNew().call(() -> models.claimWin(modelId, winner(first, training)));
        boolean secondWon =
                QuarkusTransaction.requiringNew().call(() -> models.claimWin(modelId, winner(second, training)));
        // Then
        assertThat(firstWon).isTrue();
        assertThat(secondWon).isFalse();
        assertThat(QuarkusTransaction.requiringNew().call(() -> models.markTrained(modelId, second)))
                .isFalse();
        assertThat(QuarkusTransaction.requiringNew().call(() -> models.markTrained(modelId, first)))
                .isTrue();
        assertThat(model().status()).isEqualTo(ModelStatus.TRAINED);
        assertThat(model().evaluation().orElseThrow().performance()).isEqualTo(new Performance(0.5, 0.25, 1));
        assertThat(model().artifact().orElseThrow().sha256()).contains("aa");
    }

    private static Winner winner(UUID evaluation, Run training) {
        return new Winner(evaluation, training.runId(), Instant.now(), "r", "m", 7, new Performance(0.5, 0.25, 1));
    }

    private void announce(Run run) {
        ModelTrained event = new ModelTrained(modelId, arn, 1, run.runId(), "key", "aa", 7);
        artifacts.trained(event, new ArtifactTracker.Place(3, OFFSET.get(), now));
    }

    private Run started(Kind kind, int attempt) {
        Run run = new Run(UUID.randomUUID(), kind, modelId, arn, attempt);
        say(new RunStarted(run, "worker-1"));
        return run;
    }

    private void say(RunEvent event) {
        tracker.apply(OFFSET.getAndIncrement(), now, event);
    }

    /** Lets the broker's time pass, with a tick each second. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            say(new Tick("test"));
        }
    }

    private Model orphan() {
        return orphans.all().stream()
                .map(Orphans.Orphan::model)
                .filter(it -> it.modelId().equals(modelId))
                .findFirst()
                .orElseThrow();
    }

    private void settleOrphan() {
        orphans.settle(orphan(), Optional.empty());
    }

    private Model model() {
        return QuarkusTransaction.requiringNew().call(() -> models.find(modelId).orElseThrow());
    }

    private State state(Run run) {
        return QuarkusTransaction.requiringNew()
                .call(() -> runs.find(run.runId()).orElseThrow().state());
    }

    private List<?> outbox(String type) {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery(
                                "select data from outbox where type = ?1 and data like '%' || ?2 || '%' order by id")
                        .setParameter(1, type)
                        .setParameter(2, modelId.toString())
                        .getResultList());
    }

    private List<Object> outboxOfKey(String key) {
        List<?> found = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("select type from outbox where key = ?1")
                        .setParameter(1, key)
                        .getResultList());
        return List.copyOf(found);
    }
}
