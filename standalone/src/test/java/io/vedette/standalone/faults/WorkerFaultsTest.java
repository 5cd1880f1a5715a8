package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.stack.Replica;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** What trains is frozen, crashes, stands or is told to end. There are two trainers, as rows that wait for a lease keep one. */
@FaultTest
@Execution(ExecutionMode.CONCURRENT)
class WorkerFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** {@code vedette.worker.grace}, and the JVM's own end. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static Replica second;

    @AfterAll
    static void closeSecond() {
        if (second != null) {
            second.close();
            second = null;
        }
    }

    @Fault(21)
    void frozenForLongerThanTheLeaseAndThawed(Scene row) {
        // Given
        withTwoTrainers(row);
        row.prepare("slow-3");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing slowly");
        List<ProcessHandle> zombie = family(worker(row));
        try {
            // When
            row.fault();
            zombie.forEach(process -> row.processes().signal(process, "STOP"));
            await().atMost(PATIENCE).until(() -> row.runs("TRAINING") == 2);
        } finally {
            zombie.forEach(process -> row.processes().signal(process, "CONT"));
        }
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(2);
        assertThat(zombie.get(0).isAlive()).as("the thawed trainer lives on").isTrue();
    }

    @Fault(22)
    void theTrainingProcessCrashes(Scene row) {
        // Given
        withTwoTrainers(row);
        row.prepare("once-die-SEGV");
        Scene killed = row.another("killed");
        killed.prepare("once-die-KILL");
        // When
        row.fault();
        killed.fault();
        String crashes = row.ask();
        String runsOutOfMemory = killed.ask();
        // Then
        row.trained(crashes);
        killed.trained(runsOutOfMemory);
        assertThat(reasons(row)).containsExactly("The training process crashed in native code (SIGABRT).");
        assertThat(reasons(killed)).singleElement().asString().contains("SIGKILL", "out of memory");
        assertThat(row.runs("TRAINING")).isEqualTo(2);
    }

    @Fault(22)
    void theTrainingProcessCrashesInEveryAttempt(Scene row) {
        // Given
        withTwoTrainers(row);
        row.prepare("die-SEGV");
        // When
        row.fault();
        ModelDescription model = row.ended(row.ask());
        // Then
        assertThat(model.status()).isEqualTo(ModelStatus.TRAINING_FAILED);
        assertThat(model.statusMessage()).contains("given up after 3 attempts", "crashed in native code");
        assertThat(row.runs("TRAINING")).isEqualTo(3);
    }

    @Fault(23)
    @Tag("long-fault")
    void aJobKillsEveryWorkerThatTakesIt(Scene row) {
        // Given
        withTwoTrainers(row);
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
    @Tag("long-fault")
    void aTrainingThatIsHeardGetsNowhere(Scene row) {
        // Given
        withTwoTrainers(row);
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
    void theTrainerIsToldToEnd(Scene row) throws Exception {
        // Given
        withTwoTrainers(row);
        row.prepare("once-stall");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing");
        ProcessHandle worker = worker(row);
        // When
        row.fault();
        row.processes().signal(worker, "TERM");
        worker.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        // Then
        row.trained(model);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(row.stack().notices()).anyMatch(notice -> notice.contains("(exit code 0)")));
        assertThat(states(row)).as("no attempt was spent").containsExactly("INTERRUPTED", "FINISHED");
    }

    private static synchronized void withTwoTrainers(Scene row) {
        if (second == null) {
            second = Replica.start(row.stack().layout(), "trainer", row.stack()::note);
        }
    }

    /** The process that trains this row's model: {@code HOST/PID} is its name. */
    private static ProcessHandle worker(Scene row) {
        String name = row.database()
                .rows(
                        "select worker from run join model using (model_id) where project_name = ?"
                                + " and kind = 'TRAINING' and state = 'RUNNING'",
                        row.name())
                .get(0)
                .get("worker")
                .toString();
        return ProcessHandle.of(Long.parseLong(name.substring(name.lastIndexOf('/') + 1)))
                .orElseThrow();
    }

    private static List<ProcessHandle> family(ProcessHandle worker) {
        return Stream.concat(Stream.of(worker), worker.descendants()).toList();
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
