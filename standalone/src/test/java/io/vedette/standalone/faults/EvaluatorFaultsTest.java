package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The evaluator dies at each step of its work. */
@FaultTest
@Execution(ExecutionMode.CONCURRENT)
class EvaluatorFaultsTest {
    @Fault(26)
    void killedBeforeS3(Scene row) {
        assertThat(evaluations(row, "evaluation.before-s3")).isEqualTo(2);
    }

    @Fault(26)
    void killedAfterS3(Scene row) {
        assertThat(evaluations(row, "evaluation.after-s3")).isEqualTo(2);
    }

    @Fault(26)
    void killedWhenItHasWon(Scene row) {
        assertThat(evaluations(row, "evaluation.after-win")).isEqualTo(2);
    }

    @Fault(26)
    void killedBetweenTheFiles(Scene row) {
        assertThat(evaluations(row, "evaluation.publishing")).isEqualTo(2);
    }

    @Fault(26)
    void killedBeforeItsAcknowledgement(Scene row) {
        assertThat(evaluations(row, "evaluation.after-status")).isEqualTo(1);
    }

    /** @return how many evaluations there were of a model whose first evaluator died at this place */
    private static long evaluations(Scene row, String place) {
        row.crashAt(place);
        String model = row.ask();
        row.awaitCrash(place);
        row.trained(model);
        return row.runs("EVALUATION");
    }
}
