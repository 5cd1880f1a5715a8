package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** What trains crashes, kills, stands or is told to end. */
@FaultTest
@Execution(ExecutionMode.CONCURRENT)
class WorkerFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** {@code vedette.worker.grace}, and the JVM's own end. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    @Fault(22)
    @Tag("quick")
    void theTrainingProcessCrashes(Scene row) {
        // Given
        row.prepare("once-die-SEGV");
        // When
        row.fault();
        row.trained(row.ask());
        // Then
        assertThat(reasons(row)).containsExactly("The training process crashed in native code (SIGABRT).");
        assertThat(row.runs("TRAINING")).isEqualTo(2);
    }

    @Fault(22)
    void theTrainingProcessIsKilledInEveryAttempt(Scene row) {
        // Given
        row.prepare("die-KILL");
        // When
        row.fault();
        ModelDescription model = row.ended(row.ask());
        // Then
        assertThat(model.status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(model.statusMessage()).contains("given up after 3 attempts", "SIGKILL", "out of memory");
        assertThat(row.runs("TRAINING")).isEqualTo(3);
    }

    @Fault(23)
    void aJobKillsEveryWorkerThatTakesIt(Scene row) {
        // Given
        row.prepare("kill-worker");
        Scene other = row.another("other");
        other.prepare();
        // When
        row.fault();
        String deadly = row.ask();
        for (int i = 0; i < 3; i++) {
            other.trained(other.ask());
        }
        ModelDescription model = row.ended(deadly);
        // Then
        assertThat(model.status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(model.statusMessage()).contains("given up after 3 attempts", "stopped without an answer");
        assertThat(row.runs("TRAINING")).isEqualTo(3);
        other.trained(other.ask());
    }

    @Fault(24)
    void aTrainingThatIsHeardGetsNowhere(Scene row) {
        // Given
        row.prepare("once-stall");
        // When
        row.fault();
        String model = row.ask();
        // Then
        row.trained(model);
        assertThat(reasons(row)).singleElement().asString().contains("made no progress");
        assertThat(row.runs("TRAINING")).isEqualTo(2);
    }

    @Fault(25)
    @Tag("quick")
    void theTrainerIsToldToEnd(Scene row) throws Exception {
        // Given
        row.prepare("once-stall");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing");
        ProcessHandle worker = row.worker("TRAINING");
        int saidBefore = row.stack().notices().size();
        // When
        row.fault();
        row.processes().signal(worker, "TERM");
        worker.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        // Then
        row.trained(model);
        await().atMost(PATIENCE)
                .until(() -> row.stack().notices().stream()
                        .skip(saidBefore)
                        .anyMatch(notice -> notice.startsWith("trainer stopped") && notice.contains("(exit code 0)")));
        assertThat(states(row)).as("no attempt was spent").containsExactly("INTERRUPTED", "FINISHED");
        assertThat(millisUntilAskedForAgain(row))
                .as("without waiting for the lease")
                .isLessThan(FaultStack.LEASE.toMillis());
    }

    /** From the broker's hearing that the work was handed back to its hearing of the next request. */
    private static long millisUntilAskedForAgain(Scene row) {
        Evidence evidence = Evidence.of(row.stack(), row.name());
        Seen request = evidence.on(Topic.TRAINING_REQUESTED).stream()
                .filter(event -> event.key().startsWith(row.arns()))
                .filter(event -> event.json().path("attempt").asInt() == 2)
                .findFirst()
                .orElseThrow();
        Seen handedBack = evidence.on(Topic.RUN_EVENTS).stream()
                .filter(event -> event.type().equals("RunInterrupted"))
                .filter(event -> event.json().at("/run/modelArn").asText().startsWith(row.arns()))
                .findFirst()
                .orElseThrow();
        return request.at() - handedBack.at();
    }

    private static List<String> reasons(Scene row) {
        return trainings(row, "reason");
    }

    private static List<String> states(Scene row) {
        return trainings(row, "state");
    }

    private static List<String> trainings(Scene row, String column) {
        return row
                .database()
                .rows(
                        "select run." + column + " as it from run join model using (model_id) where project_name = ?"
                                + " and kind = 'TRAINING' and run." + column + " is not null order by started_at",
                        row.name())
                .stream()
                .map(run -> run.get("it").toString())
                .toList();
    }
}
