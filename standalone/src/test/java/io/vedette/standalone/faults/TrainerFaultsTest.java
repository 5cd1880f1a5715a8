package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The trainer dies at each step of its work. */
@FaultTest
@Tag("quick")
@Execution(ExecutionMode.CONCURRENT)
class TrainerFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Fault(15)
    void killedAfterPoll(Scene row) {
        // When
        row.crashAt("training.after-poll");
        String model = row.ask();
        row.awaitCrash("training.after-poll");
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).isEqualTo(1);
    }

    @Fault(16)
    void killedAfterRunStarted(Scene row) {
        // When
        row.crashAt("training.after-started");
        String model = row.ask();
        row.awaitCrash("training.after-started");
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).isGreaterThanOrEqualTo(2);
    }

    @Fault(17)
    void killedInTheMiddleOfATraining(Scene row) {
        // Given
        row.prepare("once-stall");
        String model = row.ask();
        row.awaitMessage(model, "Training: rehearsing");
        // When
        row.kill("trainer");
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).isEqualTo(2);
    }

    @Fault(18)
    void killedWhileItUploads(Scene row) {
        // Given: half of an artifact, whose upload stands still
        row.stack().crashes().hold("training.uploading", row.arns());
        String model = row.ask();
        row.stack().crashes().awaitReached("training.uploading");
        await().atMost(PATIENCE).until(() -> row.runs("TRAINING") == 1);
        ProcessHandle worker = row.worker("TRAINING");
        List<ProcessHandle> training = worker.descendants().toList();
        // When
        row.fault();
        row.processes().end(worker, "KILL");
        // Then: what was uploading has died with it
        training.forEach(process -> process.onExit().join());
        row.stack().crashes().release("training.uploading");
        row.trained(model);
        assertThat(row.database()
                        .number(
                                "select run.attempt from run join model on run_id = training_run_id"
                                        + " where project_name = ?",
                                row.name()))
                .as("the attempt whose artifact was used")
                .isGreaterThanOrEqualTo(2);
    }

    @Fault(19)
    void killedWhenTheArtifactIsComplete(Scene row) {
        // When
        row.crashAt("training.after-artifact");
        String model = row.ask();
        row.awaitCrash("training.after-artifact");
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING"))
                .as("trainings, of which none is repeated")
                .isEqualTo(1);
    }

    @Fault(20)
    void killedWhenTheResultIsAcknowledged(Scene row) {
        // When
        row.crashAt("training.after-result");
        String model = row.ask();
        row.awaitCrash("training.after-result");
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).isEqualTo(1);
    }
}
