package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import io.vedette.standalone.stack.Replica;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Isolated;

/** Two evaluators are done with one model at the same moment, and one of them dies at each step of what follows. */
@FaultTest
@Isolated
class RivalFaultsTest {
    private static final String DONE = "evaluation.after-s3";

    private static Replica second;

    @AfterAll
    static void closeSecond() {
        if (second != null) {
            second.close();
            second = null;
        }
    }

    @Fault(41)
    void oneDiesBeforeItsReportIsStored(Scene row) {
        race(row, "evaluation.before-s3");
    }

    @Fault(41)
    void oneDiesWhenItHasWon(Scene row) {
        race(row, "evaluation.after-win");
    }

    @Fault(41)
    void oneDiesBetweenTheFiles(Scene row) {
        race(row, "evaluation.publishing");
    }

    @Fault(41)
    void oneDiesBeforeTheStatus(Scene row) {
        race(row, "evaluation.before-status");
    }

    @Fault(41)
    void oneDiesAfterTheStatus(Scene row) {
        race(row, "evaluation.after-status");
    }

    /** The first evaluator is done, and waits until the second one, which has the same to do, has died at this place. */
    private static void race(Scene row, String place) {
        // Given
        if (second == null) {
            second = Replica.start(row.stack().layout(), "evaluator", row.stack()::note);
        }
        row.prepare();
        row.stack().crashes().hold(DONE, row.arns());
        String model = row.ask();
        row.stack().crashes().awaitReached(DONE);
        // When
        row.crashAt(place);
        Resent.asTheyWere(row.stack(), List.of(announcement(row)));
        row.awaitCrash(place);
        row.stack().crashes().release(DONE);
        // Then
        row.trained(model);
        assertThat(row.runs("EVALUATION")).isGreaterThanOrEqualTo(2);
        assertThatOutputIsTheWinners(row);
    }

    private static Seen announcement(Scene row) {
        return Evidence.of(row.stack(), row.name()).on(Topic.MODEL_TRAINED).stream()
                .filter(record -> (row.arns() + "1").equals(record.key()))
                .findFirst()
                .orElseThrow();
    }

    private static void assertThatOutputIsTheWinners(Scene row) {
        Evidence evidence = Evidence.of(row.stack(), row.name());
        Map<String, Object> model = evidence.models.get(0);
        UUID id = (UUID) model.get("model_id");
        UUID winner = (UUID) model.get("winner_run_id");
        String end = "-" + row.name() + "-1.json";
        assertThat(evidence.object(FaultStack.BUCKET, row.name() + "/out/EvaluationResult" + end))
                .hasValue(evidence.object("vedette", ArtifactLayout.evaluationResult(id, winner))
                        .orElseThrow());
        assertThat(evidence.object(FaultStack.BUCKET, row.name() + "/out/EvaluationManifest" + end))
                .hasValue(evidence.object("vedette", ArtifactLayout.evaluationManifest(id, winner))
                        .orElseThrow());
    }
}
