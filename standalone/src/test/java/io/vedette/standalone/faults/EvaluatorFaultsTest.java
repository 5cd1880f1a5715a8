package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The evaluator dies at each step of its work. */
@FaultTest
@Tag("quick")
@Execution(ExecutionMode.CONCURRENT)
class EvaluatorFaultsTest {
    @Fault(26)
    void killedBeforeS3(Scene row) {
        evaluatedAfterACrash(row, "evaluation.before-s3", 2);
    }

    @Fault(26)
    void killedAfterS3(Scene row) {
        evaluatedAfterACrash(row, "evaluation.after-s3", 2);
    }

    @Fault(26)
    void killedWhenItHasWon(Scene row) {
        evaluatedAfterACrash(row, "evaluation.after-win", 2);
    }

    @Fault(26)
    void killedBetweenTheFiles(Scene row) {
        evaluatedAfterACrash(row, "evaluation.publishing", 2);
    }

    @Fault(26)
    void killedBeforeItsAcknowledgement(Scene row) {
        evaluatedAfterACrash(row, "evaluation.after-status", 1);
    }

    /** @param runs of evaluators that there are, the first of which dies at this place */
    private static void evaluatedAfterACrash(Scene row, String place, long runs) {
        row.crashAt(place);
        String model = row.ask();
        row.awaitCrash(place);
        row.trained(model);
        assertThat(row.evaluationsBegun()).isEqualTo(runs);
    }
}
