package io.vedette.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.persistence.Hosting;
import io.vedette.persistence.Model;
import io.vedette.persistence.Model.Output;
import io.vedette.persistence.Phase;
import io.vedette.persistence.TrackedRun;
import io.vedette.persistence.TrackedRun.State;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StatusMessageTest {
    private static final ModelArn ARN = ModelArn.parse("arn:aws:lookoutvision:us-east-1:000000000001:model/p/1");

    @Test
    void aQueuedModelSaysWhereItStands() {
        assertThat(StatusMessage.of(training(Phase.QUEUED, 1, 0), Optional.empty(), Optional.empty(), 3))
                .isEqualTo("The model is being trained. It is queued at about position 3.");
    }

    @Test
    void aTrainingSaysItsPhaseAndPerCent() {
        assertThat(StatusMessage.of(
                        training(Phase.TRAINING, 1, 0), Optional.of(run("features", 45, 100)), Optional.empty(), 1))
                .isEqualTo("The model is being trained. Training: features, 45 %.");
    }

    @Test
    void anotherAttemptSaysHowTheLastOneEnded() {
        assertThat(afterOneThatIs(State.LOST)).contains("This is attempt 2, after a lost worker. Training.");
        assertThat(afterOneThatIs(State.FAILED)).contains("This is attempt 2, after a failure. Training.");
        assertThat(afterOneThatIs(State.INTERRUPTED)).contains("This is attempt 2, after an interruption. Training.");
        assertThat(afterOneThatIs(State.FINISHED)).contains("This is attempt 2, after one that brought nothing.");
        assertThat(StatusMessage.of(training(Phase.TRAINING, 2, 0), Optional.empty(), Optional.empty(), 1))
                .contains("This is attempt 2, after its request was lost. Training.");
    }

    private static String afterOneThatIs(State state) {
        Optional<TrackedRun> before = Optional.of(run("features", 45, 100, state));
        return StatusMessage.of(training(Phase.TRAINING, 2, 1), Optional.empty(), before, 1);
    }

    @Test
    void anUnknownTotalIsNoPerCent() {
        assertThat(StatusMessage.of(
                        training(Phase.EVALUATING, 1, 0), Optional.of(run("reading", 0, 0)), Optional.empty(), 1))
                .isEqualTo("The model is being trained. Evaluating: reading.");
    }

    @Test
    void aTrainedModelHasTheSentenceAloneUnlessThereIsARemark() {
        assertThat(StatusMessage.of(settled(ModelStatus.TRAINED, null), Optional.empty(), Optional.empty(), 1))
                .isEqualTo("Training completed successfully.");
        assertThat(StatusMessage.of(
                        settled(ModelStatus.TRAINED, "It is no better than chance."),
                        Optional.empty(),
                        Optional.empty(),
                        1))
                .isEqualTo("Training completed successfully. It is no better than chance.");
    }

    @Test
    void aFailedModelSaysItsReasonAlone() {
        assertThat(StatusMessage.of(
                        settled(ModelStatus.TRAINING_FAILED, "The bucket b does not exist."),
                        Optional.empty(),
                        Optional.empty(),
                        1))
                .isEqualTo("The bucket b does not exist.");
    }

    @Test
    void everyStateOfAHostingHasItsSentence() {
        Hosting hosting = new Hosting(1, Optional.empty(), Instant.EPOCH, Optional.of("The model is damaged."));
        for (ModelStatus status : ModelStatus.values()) {
            if (StatusMessage.isOfHosting(status)) {
                assertThat(StatusMessage.ofHosting(status, Optional.of(hosting)))
                        .as("%s", status)
                        .endsWith(".");
            } else if (status != ModelStatus.TRAINING) {
                assertThat(StatusMessage.of(settled(status, "Why."), Optional.empty(), Optional.empty(), 1))
                        .as("%s", status)
                        .endsWith(".");
            }
        }
        assertThat(StatusMessage.ofHosting(ModelStatus.HOSTING_FAILED, Optional.of(hosting)))
                .isEqualTo("The model is damaged.");
        assertThat(StatusMessage.ofHosting(ModelStatus.HOSTED, Optional.of(hosting)))
                .isEqualTo("The model is running.");
        assertThat(StatusMessage.ofHosting(ModelStatus.STOPPING_HOSTING, Optional.empty()))
                .as("the hosting has gone since the model was read")
                .isEqualTo("The model is stopping.");
    }

    private static Model training(Phase phase, int attempt, int lost) {
        return model(ModelStatus.TRAINING, Optional.empty(), Optional.of(phase), attempt, lost);
    }

    private static Model settled(ModelStatus status, String detail) {
        return model(status, Optional.ofNullable(detail), Optional.empty(), 1, 0);
    }

    private static Model model(
            ModelStatus status, Optional<String> detail, Optional<Phase> phase, int attempt, int lost) {
        return new Model(
                UUID.randomUUID(),
                UUID.randomUUID(),
                ARN,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                new Output("b", ""),
                status,
                detail,
                phase,
                attempt,
                lost,
                0,
                Optional.empty(),
                Optional.empty());
    }

    private static TrackedRun run(String phase, long done, long total) {
        return run(phase, done, total, State.RUNNING);
    }

    private static TrackedRun run(String phase, long done, long total, State state) {
        return new TrackedRun(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Kind.TRAINING,
                1,
                "w",
                state,
                Optional.of(phase),
                Optional.empty(),
                done,
                total,
                Optional.empty(),
                Instant.EPOCH,
                0);
    }
}
