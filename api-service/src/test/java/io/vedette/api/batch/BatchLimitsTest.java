package io.vedette.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vedette.api.PostgresAlone;
import io.vedette.api.tracking.Request;
import io.vedette.common.BatchStatus;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.common.event.RunEvent.RunInterrupted;
import io.vedette.common.event.RunEvent.RunProgressed;
import org.junit.jupiter.api.Test;

/** How often a batch is tried, and by what it is noticed that nobody works at it; on a real Postgres. */
@QuarkusTest
@QuarkusTestResource(PostgresAlone.class)
class BatchLimitsTest extends TrackedBatch {
    @Test
    void noBatchGoesRoundForEver() {
        for (int attempt = 1; attempt <= BatchProgress.MOST_EXCUSED; attempt++) {
            assertThat(batch().status().isSettled()).isFalse();
            say(new RunInterrupted(started(attempt), false));
        }
        assertThat(batch().status()).isEqualTo(BatchStatus.FAILED);
        assertThat(batch().message()).contains("given up after 50 attempts", "The last one was interrupted.");
    }

    @Test
    void aRequestThatIsLostFromItsTopicIsMadeAgainOnce() {
        // Given
        in(() -> {
            progress.request(batch(), models.find(modelId).orElseThrow());
            return true;
        });
        assertThat(waiting()).as("not on its topic yet").isEmpty();
        publish(3, 7);
        Request lost = new Request(Kind.BATCH, batchId, 1, 3, 7);
        assertThat(waiting()).containsExactly(lost);
        // When
        again(lost);
        again(lost);
        // Then
        assertThat(batch())
                .matches(it -> it.attempt() == 2 && it.lostAttempts() == 0 && it.excusedAttempts() == 1)
                .matches(it -> it.status() == BatchStatus.QUEUED);
        assertThat(published("io.vedette.BatchRequested"))
                .hasSize(2)
                .last()
                .asString()
                .contains("\"attempt\":2");
        assertThat(waiting()).as("the next request is not on its topic yet").isEmpty();
    }

    @Test
    void aRequestThatAWorkerHasTakenIsNotLost() {
        // Given
        in(() -> {
            progress.request(batch(), models.find(modelId).orElseThrow());
            return true;
        });
        publish(3, 7);
        // When
        started(1);
        // Then
        assertThat(waiting()).isEmpty();
        again(new Request(Kind.BATCH, batchId, 1, 3, 7));
        assertThat(batch().attempt()).isEqualTo(1);
    }

    @Test
    void aWorkerThatIsHeardAndStandsStillIsCalledOffAndTheBatchTriedThreeTimes() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            // Given
            Run run = started(attempt);
            hear(run, 50, 14);
            assertThat(batch().attempt()).isEqualTo(attempt);
            // When
            hear(run, 50, 2);
            // Then
            assertThat(published("io.vedette.RunCancelled"))
                    .hasSize(attempt)
                    .last()
                    .asString()
                    .contains(run.runId().toString());
            assertThat(batch().status()).isEqualTo(attempt < 3 ? BatchStatus.IN_PROGRESS : BatchStatus.FAILED);
        }
        assertThat(batch().message()).contains("made no progress for 15 minutes.", "after 3 attempts");
    }

    @Test
    void aBatchThatGivesWayToCallersForHoursDoesNotStandStill() {
        // Given
        Run run = started(1);
        // When
        hear(run, RunProgressed.GIVING_WAY, 50, 120);
        // Then
        assertThat(batch().attempt()).isEqualTo(1);
    }

    @Test
    void anAttemptThatGoesOverWhatWasSeenBeforeDoesNotStandStill() {
        // Given
        Run first = started(1);
        say(new RunProgressed(first, "looking at images", 500, 1000, 0L));
        silence();
        // When
        Run second = started(2);
        for (int done = 400; done < 500; done += 20) {
            hear(second, done, 10);
        }
        // Then
        assertThat(batch()).matches(it -> it.attempt() == 2 && it.done() == 500);
    }
}
