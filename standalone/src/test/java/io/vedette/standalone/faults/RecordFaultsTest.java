package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.sync.RequestBody;

/** Records come again, or in another order than they were made. */
@FaultTest
@Tag("quick")
@Isolated
class RecordFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Fault(27)
    void everyRecordIsDeliveredThreeTimes(Scene row) {
        // Given
        row.trained(row.ask());
        List<Map<String, Object>> before = truth(row);
        List<Seen> all = Evidence.of(row.stack(), row.workshop().project()).records.stream()
                .filter(record -> record.key() != null && record.key().startsWith(row.arns()))
                .toList();
        assertThat(all).extracting(Seen::topic).contains("vedette.training.requested", "vedette.model.trained");
        // When
        row.fault();
        Resent.asTheyWere(row.stack(), all);
        Resent.asTheyWere(row.stack(), all);
        // Then
        awaitRead(row);
        assertThat(truth(row)).isEqualTo(before);
    }

    @Fault(28)
    void theResultComesBeforeTheStartAndProgressAfterTheEnd(Scene row) {
        // Given: a model that no trainer has begun, and the records and files of another one's training
        row.trained(row.ask());
        ProcessHandle trainer = row.processes().of("trainer");
        row.fault();
        row.processes().signal(trainer, "STOP");
        String version = row.ask();
        List<Map<String, Object>> models = row.database()
                .rows(
                        "select model_id, training_run_id from model where project_name = ? order by version",
                        row.name());
        String run = UUID.randomUUID().toString();
        Map<String, String> changes = Map.of(
                models.get(0).get("model_id").toString(),
                models.get(1).get("model_id").toString(),
                models.get(0).get("training_run_id").toString(),
                run,
                row.arns() + "1",
                row.arns() + "2");
        String artifact = artifact(row, changes);
        List<Seen> records = Evidence.of(row.stack(), row.name()).records.stream()
                .filter(record -> (row.arns() + "1").equals(record.key()))
                .toList();
        // When
        Seen trained = one(records, Topic.MODEL_TRAINED, "ModelTrained");
        Resent.changed(
                row.stack(),
                List.of(trained),
                with(changes, trained.json().path("artifactSha256").asText(), artifact));
        row.trained(version);
        Stream.of("RunStarted", "RunProgressed", "RunFinished", "RunProgressed")
                .map(type -> one(records, Topic.RUN_EVENTS, type))
                .forEach(event -> Resent.changed(row.stack(), List.of(event), changes));
        row.processes().signal(trainer, "CONT");
        // Then
        awaitRead(row);
        row.trained(version);
    }

    /** Copies the artifact of the first model to the second one. @return the SHA-256 of its table of contents */
    private static String artifact(Scene row, Map<String, String> changes) {
        var s3 = row.stack().clients().s3();
        String prefix = "models/";
        String from = row.database()
                .rows("select artifact from model where project_name = ? and version = 1", row.name())
                .get(0)
                .get("artifact")
                .toString();
        String folder = from.substring(0, from.lastIndexOf('/') + 1);
        byte[] table = new byte[0];
        for (var object : s3.listObjectsV2(request -> request.bucket("vedette").prefix(prefix))
                .contents()) {
            if (object.key().startsWith(folder)) {
                byte[] bytes = s3.getObjectAsBytes(
                                request -> request.bucket("vedette").key(object.key()))
                        .asByteArray();
                byte[] copy = object.key().equals(from) ? changed(bytes, changes) : bytes;
                table = object.key().equals(from) ? copy : table;
                String key = new String(changed(object.key().getBytes(), changes));
                s3.putObject(request -> request.bucket("vedette").key(key), RequestBody.fromBytes(copy));
            }
        }
        return Auditor.sha256(table);
    }

    private static byte[] changed(byte[] text, Map<String, String> changes) {
        String result = new String(text);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            result = result.replace(change.getKey(), change.getValue());
        }
        return result.getBytes();
    }

    private static Map<String, String> with(Map<String, String> changes, String from, String to) {
        Map<String, String> all = new java.util.HashMap<>(changes);
        all.put(from, to);
        return all;
    }

    private static Seen one(List<Seen> records, Topic topic, String type) {
        return records.stream()
                .filter(record ->
                        record.topic().equals(topic.suffix()) && record.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Everything but how often a run was heard. */
    static List<Map<String, Object>> truth(Scene row) {
        List<Map<String, Object>> truth = new java.util.ArrayList<>(
                row.database().rows("select * from model where project_name = ?", row.name()));
        truth.addAll(row.database()
                .rows(
                        "select run_id, kind, run.attempt, state, ended_at from run join model using (model_id)"
                                + " where project_name = ? order by run_id",
                        row.name()));
        truth.addAll(row.database()
                .rows(
                        "select h.* from model_history h join model using (model_id) where project_name = ? order by seq",
                        row.name()));
        return truth;
    }

    /** Waits until all that lies on the topics now was read. */
    static void awaitRead(Scene row) {
        long end = Evidence.of(row.stack(), row.name()).on(Topic.RUN_EVENTS).stream()
                .mapToLong(Seen::offset)
                .max()
                .orElse(0);
        await().atMost(PATIENCE)
                .until(() -> Lag.of(row.stack().kafka()).isEmpty()
                        && row.database().number("select next_offset from lease_clock") > end);
    }
}
