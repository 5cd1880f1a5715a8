package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.Workshop;
import io.vedette.standalone.stack.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.s3.S3Client;

/** A project is deleted while somebody still works at a model of it, and all of its names are given to another one. */
@FaultTest
@Isolated
class ReusedNameFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PUBLISHING = "evaluation.publishing";

    @Fault(42)
    void theTrainerOfTheOldModelIsThawed(Scene row) {
        row.prepare("slow-3");
        String old = row.ask();
        row.awaitMessage(old, "rehearsing slowly");
        outlives(row, "trainer", "TRAINING");
    }

    /** It stands still between the files that it copies to where those of the new model will be. */
    @Fault(42)
    void theEvaluatorOfTheOldModelGoesOn(Scene row) {
        row.prepare();
        row.stack().crashes().hold(PUBLISHING, row.arns());
        row.ask();
        row.stack().crashes().awaitReached(PUBLISHING);
        await().atMost(PATIENCE).until(() -> row.runs("EVALUATION") == 1);
        outlives(row, "evaluator", "EVALUATION");
    }

    private static void outlives(Scene row, String part, String kind) {
        // Given
        ProcessHandle worker = row.worker(kind);
        List<ProcessHandle> zombie =
                Stream.concat(Stream.of(worker), worker.descendants()).toList();
        row.fault();
        zombie.forEach(process -> row.processes().signal(process, "STOP"));
        Map<String, String> untouched;
        try (Replica second = Replica.start(row.stack().layout(), part, row.stack()::note)) {
            remove(row, "1");
            row.beginAgain();
            assertThat(row.ask()).as("the old model's number").isEqualTo("1");
            row.trained("1");
            untouched = truth(row);
            assertThat(second.process().isAlive()).isTrue();
        } finally {
            // When
            row.stack().crashes().release(PUBLISHING);
            zombie.stream()
                    .filter(ProcessHandle::isAlive)
                    .forEach(process -> row.processes().signal(process, "CONT"));
        }
        // Then: nobody else is left to do the next one, so what the thawed worker had to do is done when that is
        // trained
        row.trained(row.ask());
        assertThat(workers(row, kind))
                .as("who has worked")
                .endsWith(worker.pid())
                .doesNotHaveDuplicates();
        assertThat(truth(row)).containsAllEntriesOf(untouched);
    }

    private static void remove(Scene row, String version) {
        assertThat(row.stopTraining(version)).isEqualTo(202);
        Workshop workshop = row.workshop();
        workshop.deleteModel(version);
        workshop.deleteDataset("train");
        workshop.deleteDataset("test");
        workshop.customer().vision().deleteProject(request -> request.projectName(row.name()));
    }

    private static List<Long> workers(Scene row, String kind) {
        return row
                .database()
                .rows(
                        "select worker from run join model using (model_id) where project_name = ? and kind = ?"
                                + " order by started_at",
                        row.name(),
                        kind)
                .stream()
                .map(run -> run.get("worker").toString())
                .map(name -> Long.valueOf(name.substring(name.lastIndexOf('/') + 1)))
                .toList();
    }

    /** The first model's row, and the checksums of all that is kept of it and was brought to its owner. */
    private static Map<String, String> truth(Scene row) {
        Map<String, String> truth = new TreeMap<>();
        Map<String, Object> model = row.database()
                .rows("select * from model where project_name = ? and version = 1", row.name())
                .get(0);
        truth.put("row", model.toString());
        add(truth, row.stack().clients().s3(), "vedette", "models/" + model.get("model_id") + "/");
        add(truth, row.stack().clients().s3(), FaultStack.BUCKET, row.name() + "/out/");
        return truth;
    }

    private static void add(Map<String, String> truth, S3Client s3, String bucket, String prefix) {
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
                .contents()
                .forEach(object -> truth.put(
                        bucket + "/" + object.key(),
                        Auditor.sha256(
                                s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key()))
                                        .asByteArray())));
    }
}
