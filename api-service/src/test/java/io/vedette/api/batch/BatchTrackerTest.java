package io.vedette.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.common.BatchStatus;
import io.vedette.common.event.RunEvent.Cause;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunFailed;
import io.vedette.common.event.RunEvent.RunFinished;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import org.junit.jupiter.api.Test;

/** On a real Postgres, and with Kafka and S3 down. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class BatchTrackerTest extends TrackedBatch {
    @Test
    void aRunThatStartsProgressesAndFinishesCompletesTheBatch() {
        Run run = started(1);
        say(new RunProgressed(run, "looking at images", 1000, 1000, 3L));
        assertThat(batch().status()).isEqualTo(BatchStatus.IN_PROGRESS);
        say(new RunFinished(run));
        Batch complete = batch();
        assertThat(complete.status()).isEqualTo(BatchStatus.COMPLETE);
        assertThat(complete.message()).contains("3 of 1000 images could not be used");
        assertThat(published("io.vedette.BatchDetectionStatusChanged")).hasSize(2);
        assertThat(published("io.vedette.RunCancelled")).isEmpty();
    }

    @Test
    void aLostWorkersBatchIsRequestedAgainAndTheZombieIsCalledOff() {
        Run zombie = started(1);
        say(new RunProgressed(zombie, "looking at images", 250, 1000, 1L));
        // When
        silence();
        // Then
        assertThat(batch().attempt()).isEqualTo(2);
        assertThat(published("io.vedette.BatchRequested"))
                .singleElement()
                .asString()
                .contains("\"attempt\":2");
        // When: the next one begins behind the last part
        Run next = started(2);
        say(new RunProgressed(next, "looking at images", 200, 1000, 0L));
        say(new RunProgressed(zombie, "looking at images", 260, 1000, 1L));
        say(new RunFinished(zombie));
        // Then
        assertThat(batch().status()).isEqualTo(BatchStatus.IN_PROGRESS);
        assertThat(batch().done()).isEqualTo(250);
        assertThat(batch().failed()).isEqualTo(1);
        assertThat(published("io.vedette.RunCancelled"))
                .singleElement()
                .asString()
                .contains(zombie.runId().toString());
    }

    @Test
    void aHeartbeatKeepsTheLease() {
        Run run = started(1);
        for (int i = 0; i < 5; i++) {
            now += LEASE / 2;
            say(new RunProgressed(run, "looking at images", 0, 1000, 0L));
            expire();
        }
        assertThat(batch().attempt()).isEqualTo(1);
    }

    @Test
    void threeLostAttemptsThatComeNoFurtherEndIt() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            Run run = started(attempt);
            say(new RunProgressed(run, "looking at images", 50, 1000, 0L));
            silence();
            assertThat(batch().status()).isEqualTo(attempt < 3 ? BatchStatus.IN_PROGRESS : BatchStatus.FAILED);
        }
        assertThat(batch().message()).contains("given up after 3 attempts").contains("worker-1");
    }

    @Test
    void attemptsThatComeFurtherDoNotCount() {
        for (int attempt = 1; attempt <= 9; attempt++) {
            Run run = started(attempt);
            say(new RunProgressed(run, "looking at images", 100 * attempt, 1000, 0L));
            silence();
        }
        assertThat(batch().status()).isEqualTo(BatchStatus.IN_PROGRESS);
    }

    @Test
    void anInterruptionCostsNoAttempt() {
        for (int attempt = 1; attempt <= 5; attempt++) {
            say(new RunInterrupted(started(attempt), false));
        }
        assertThat(batch().lostAttempts()).isZero();
        assertThat(batch().attempt()).isEqualTo(6);
    }

    @Test
    void aFaultOfOursIsTriedAgainAndTheUsersIsNot() {
        say(new RunFailed(started(1), Cause.SYSTEM, "The object store could not be reached."));
        assertThat(batch().attempt()).isEqualTo(2);
        say(new RunFailed(started(2), Cause.USER, "The bucket out does not exist."));
        assertThat(batch().status()).isEqualTo(BatchStatus.FAILED);
        assertThat(batch().message()).isEqualTo("The batch failed. The bucket out does not exist.");
        // a settled batch waits for nobody
        Run late = started(2);
        assertThat(published("io.vedette.RunCancelled"))
                .singleElement()
                .asString()
                .contains(late.runId().toString());
    }

    @Test
    void theLastToClaimAnAttemptHoldsIt() {
        Run first = started(1);
        Run second = started(1);
        say(new RunInterrupted(first, true));
        assertThat(batch().attempt()).isEqualTo(1);
        say(new RunFinished(second));
        assertThat(batch().status()).isEqualTo(BatchStatus.COMPLETE);
    }
}
