package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The trainer dies at each step of its work. */
@FaultTest
@Tag("quick")
@Execution(ExecutionMode.CONCURRENT)
class TrainerFaultsTest {
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
        // When
        row.crashAt("training.uploading");
        String model = row.ask();
        row.awaitCrash("training.uploading");
        row.kill("trainer");
        // Then: the auditor has looked at the files of the artifact that was used
        row.trained(model);
        assertThat(row.runs("TRAINING")).isGreaterThanOrEqualTo(2);
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
