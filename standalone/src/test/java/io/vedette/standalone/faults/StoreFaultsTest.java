package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.artifact.ArtifactLayout;
import io.vedette.standalone.faults.TcpProxy.Direction;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;

/** The object store refuses, cuts, dawdles or does not know yet. */
@FaultTest
@Isolated
class StoreFaultsTest {
    private static final String WAITING = "waiting for the object store";
    private static final Duration STORM = Duration.ofSeconds(6);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private TcpProxy s3;

    @AfterEach
    void heal() {
        s3.heal();
    }

    @Fault(30)
    void everyRequestIsRefusedForAWhile(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare("slow-2");
        String model = row.ask();
        row.awaitMessage(model, "rehearsing slowly");
        // When
        row.fault();
        s3.answer(" HTTP/1.1\r\n", Integer.MAX_VALUE, 503, "SlowDown");
        row.letPass(STORM);
        s3.heal();
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
        assertThat(row.runs("EVALUATION")).as("evaluations").isEqualTo(1);
    }

    @Fault(30)
    void everyRequestIsRefusedWhileAnEvaluationIsPublished(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare();
        row.stack().crashes().hold("evaluation.after-win", row.arns());
        String model = row.ask();
        row.stack().crashes().awaitReached("evaluation.after-win");
        long waits = row.stack().said("evaluator", WAITING);
        // When
        row.fault();
        s3.answer(" HTTP/1.1\r\n", Integer.MAX_VALUE, 503, "SlowDown");
        row.stack().crashes().release("evaluation.after-win");
        // it goes on until the evaluator has given up, or has begun to wait: for less than it takes to be called
        // stalled
        await().atMost(PATIENCE).until(() -> row.stack().said("evaluator", WAITING) > waits || isOver(row));
        s3.heal();
        // Then
        row.trained(model);
        assertThat(row.evaluationsBegun()).as("evaluations").isEqualTo(1);
    }

    @Fault(30)
    void whatAnEvaluatorReadsIsCutInTheMiddle(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare();
        // When
        for (String file : new String[] {"model.safetensors", "EvaluationResult.json", "VedetteEvaluation.json"}) {
            row.fault();
            s3.tear("GET /vedette/models/\\S*/" + file, Direction.TO_CLIENT);
            row.trained(row.ask());
            assertThat(s3.isTorn()).as(file).isTrue();
        }
        // Then
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(3);
        assertThat(row.evaluationsBegun()).as("evaluations").isEqualTo(3);
        assertThatOwnFileIsWhole(row, "3");
    }

    private static boolean isOver(Scene row) {
        return row.database()
                        .number(
                                "select count(*) from run join model using (model_id) where project_name = ?"
                                        + " and kind = 'EVALUATION' and state <> 'RUNNING'",
                                row.name())
                > 0;
    }

    /** Of those that were cut, the one whose checksum is in no row. */
    private static void assertThatOwnFileIsWhole(Scene row, String version) {
        Evidence evidence = Evidence.of(row.stack(), row.name());
        var model = evidence.models.get(Integer.parseInt(version) - 1);
        String own = ArtifactLayout.vedetteEvaluation((UUID) model.get("model_id"), (UUID) model.get("winner_run_id"));
        String brought = model.get("output_prefix") + "VedetteEvaluation-" + row.name() + "-" + version + ".json";
        assertThat(evidence.object(FaultStack.BUCKET, brought).orElseThrow())
                .isEqualTo(evidence.object("vedette", own).orElseThrow());
    }

    @Fault(30)
    void anUploadIsCutInTheMiddle(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare();
        // When
        row.fault();
        s3.tear("PUT \\S*/model.safetensors", Direction.TO_SERVER);
        String model = row.ask();
        // Then
        row.trained(model);
        assertThat(s3.isTorn()).isTrue();
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
    }

    @Fault(30)
    void everyRequestIsSlow(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare();
        // When
        row.fault();
        s3.slow(Duration.ofMillis(100));
        String model = row.ask();
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isEqualTo(1);
    }

    @Fault(30)
    void whatWasWrittenIsNotFoundAtFirst(Scene row) {
        // Given
        s3 = row.stack().proxies().s3();
        row.prepare();
        // When
        row.fault();
        row.fault();
        s3.answer("GET /vedette/models/\\S*/train.jsonl", 1, 404, "NoSuchKey");
        s3.answer("GET /vedette/models/\\S*/model.safetensors", 1, 404, "NoSuchKey");
        String model = row.ask();
        // Then
        row.trained(model);
        assertThat(row.runs("TRAINING")).as("trainings").isLessThanOrEqualTo(2);
        assertThat(row.runs("EVALUATION")).as("evaluations").isLessThanOrEqualTo(2);
    }
}
