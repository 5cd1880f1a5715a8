package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Output;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun;
import io.vedette.persistence.TrackedRun.State;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunRulesTest {
    private static final UUID MODEL = UUID.randomUUID();
    private static final ModelArn ARN = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/p/1");

    @ParameterizedTest
    @CsvSource({
        "QUEUED,2,TRAINING,2,true",
        "TRAINING,2,TRAINING,2,true",
        "TRAINING,2,TRAINING,1,false",
        "EVALUATION_QUEUED,1,TRAINING,1,false",
        "EVALUATING,1,TRAINING,2,false",
        "EVALUATION_QUEUED,1,EVALUATION,1,true",
        "EVALUATING,2,EVALUATION,1,false",
        // The evaluation's start may be heard before the training's result.
        "TRAINING,3,EVALUATION,1,true",
        "QUEUED,2,EVALUATION,1,true"
    })
    void onlyThePresentAttemptOfThePresentWorkIsWanted(
            Phase phase, int attempt, Kind kind, int runAttempt, boolean wanted) {
        assertThat(RunRules.wants(training(phase, attempt, 0), run(kind, runAttempt)))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource(value = ModelStatus.class, names = "TRAINING", mode = EnumSource.Mode.EXCLUDE)
    void nobodyWaitsForTheRunOfASettledModel(ModelStatus status) {
        assertThat(RunRules.wants(model(status, Optional.empty(), 1, 0), run(Kind.TRAINING, 1)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"LOST,2", "FAILED,2", "INTERRUPTED,1"})
    void onlyAnInterruptionCostsNoAttempt(State end, int spent) {
        assertThat(RunRules.spent(training(Phase.TRAINING, 2, 1), ended(end, null)))
                .isEqualTo(spent);
    }

    @Test
    void givingUpSaysWhyAndWhatToDo() {
        assertThat(RunRules.givenUp(Kind.TRAINING, ended(State.FAILED, "The disk is full.")))
                .isEqualTo("The model's training was given up after 3 attempts. The last one failed: The disk is full."
                        + " See the worker's log, then create the model again.");
        assertThat(RunRules.givenUp(Kind.EVALUATION, ended(State.LOST, null))).contains("evaluation", "worker-7");
    }

    private static Run run(Kind kind, int attempt) {
        return new Run(UUID.randomUUID(), kind, MODEL, ARN, attempt);
    }

    private static Model training(Phase phase, int attempt, int lost) {
        return model(ModelStatus.TRAINING, Optional.of(phase), attempt, lost);
    }

    private static Model model(ModelStatus status, Optional<Phase> phase, int attempt, int lost) {
        return new Model(
                MODEL,
                UUID.randomUUID(),
                ARN,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                new Output("b", ""),
                status,
                Optional.empty(),
                phase,
                attempt,
                lost,
                Optional.empty(),
                Optional.empty());
    }

    private static TrackedRun ended(State state, String reason) {
        return new TrackedRun(
                UUID.randomUUID(),
                MODEL,
                Kind.TRAINING,
                2,
                "worker-7",
                state,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.ofNullable(reason),
                Instant.EPOCH,
                0);
    }
}
