package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent.Performance;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunFinished;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun.State;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From the artifact on, with Kafka and S3 down: the api has to start without them. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class EvaluationTrackingTest extends TrackedModel {
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
    void anEvaluationWhoseArtifactWasNeverReadOfGoesOnWithWhatIsInTheStore() {
        // Given
        Run training = started(Kind.TRAINING, 1);
        say(new RunFinished(training));
        started(Kind.EVALUATION, 1);
        pass(61);
        // When
        orphans.settle(orphan(), Optional.of(new Artifact(training.runId(), "key", Optional.of("aa"), 7)));
        // Then
        assertThat(model())
                .matches(it -> it.attempt() == 2 && it.lostAttempts() == 1)
                .matches(it -> it.phase().equals(Optional.of(Phase.EVALUATION_QUEUED)));
        assertThat(model().artifact())
                .hasValueSatisfying(it -> assertThat(it.trainingRunId()).isEqualTo(training.runId()));
        assertThat(outbox("io.vedette.ModelTrained"))
                .singleElement()
                .asString()
                .contains(training.runId().toString(), "\"attempt\":2");
    }

    @Test
    void anEvaluationWhoseArtifactIsNowhereIsTrainedAnew() {
        // Given
        say(new RunFinished(started(Kind.TRAINING, 1)));
        started(Kind.EVALUATION, 1);
        pass(61);
        // When
        settleOrphan();
        // Then
        assertThat(model()).matches(it -> it.attempt() == 2 && it.phase().equals(Optional.of(Phase.QUEUED)));
        assertThat(outbox("io.vedette.TrainRequested"))
                .singleElement()
                .asString()
                .contains("\"attempt\":2");
    }
}
