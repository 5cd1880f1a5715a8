package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.sync.RequestBody;

/** The auditor can fail: each breach is planted once, and found. */
@FaultTest
@Tag("quick")
@Isolated
class AuditorTest {
    @Test
    void everyPlantedBreachIsFound(Scene row) throws IOException {
        row.trained(row.ask("one"));
        assertThat(Auditor.audit(row.stack(), row.witness())).isEmpty();
        promises(row);
        files(row);
        events(row);
        rows(row);
        leases(row);
        rest(row);
        leftovers(row);
        whileNobodyReads(row);
        assertThat(Auditor.audit(row.stack(), row.witness()))
                .as("what is left once all of it is mended")
                .isEmpty();
        records(row); // these cannot be taken back
        for (int invariant : new int[] {3, 4, 9, 10}) {
            row.witness().excuse(invariant);
        }
    }

    private static void promises(Scene row) {
        planted(row, 1, "update model set version = 99 where %s", "update model set version = 1 where %s");
        planted(
                row,
                2,
                "insert into model (model_id, account, region, project_id, project_name, version, created_at,"
                        + " output_bucket, output_prefix, status, status_detail) select gen_random_uuid(), account,"
                        + " region, project_id, project_name, 77, created_at, output_bucket, output_prefix,"
                        + " 'TRAINING_FAILED', 'It is a copy.' from model where %s",
                "delete from model where version = 77 and %s");
    }

    private static void rows(Scene row) {
        planted(
                row,
                6,
                "update model set status = 'TRAINING_FAILED', status_detail = 'No' where %s",
                "update model set status = 'TRAINED', status_detail = null where %s");
        String datasets = " where dataset_id in (select dataset_id from dataset join project using (project_id)"
                + " where name = '" + row.name() + "')";
        planted(
                row,
                11,
                "update dataset set total = total + 1" + datasets,
                "update dataset set total = total - 1" + datasets);
    }

    private static void leases(Scene row) {
        String runs = " where run_id in (select run_id from run join model using (model_id) where project_name = '"
                + row.name() + "')";
        for (String state : new String[] {"LOST", "RUNNING", "CANCELLED", "FINISHED"}) { // it may have spoken again
            row.database().execute("update run set lost_at = ended_at, state = '" + state + "'" + runs);
            assertFound(row, 7);
        }
        row.database().execute("update run set lost_at = null, state = 'FINISHED'" + runs);
        planted(
                row,
                8,
                "insert into run (run_id, model_id, kind, attempt, worker, state, started_at, ended_at, lost_at,"
                        + " last_heard) select gen_random_uuid(), model_id, 'EVALUATION', 9, 'nobody', 'CANCELLED',"
                        + " now(), now(), now(), 0"
                        + " from model where %s",
                "delete from run where attempt = 9 and worker = 'nobody'",
                "update model_history set cause = 'planted ' || cause, model_id ="
                        + " (select model_id from model where project_name = 'rehearsal')"
                        + " where model_id = (select model_id from model where %s)",
                "update model_history set cause = substr(cause, 9), model_id = (select model_id from model where %s)"
                        + " where cause like 'planted%'");
    }

    private static void events(Scene row) {
        String columns = "insert into outbox (event_id, topic, key, type, subject, data, published_at)"
                + " select gen_random_uuid(), ";
        String model = ", 'planted', 's', '{\"modelId\":\"' || model_id || '\"}', now() from model where %s";
        String mended = "delete from outbox where type = 'planted' and exists (select 1 from model where %s)";
        planted(row, 3, columns + "'vedette.lifecycle', '" + row.arns() + "1'" + model, mended);
        planted(row, 3, columns + "'vedette.run.control', gen_random_uuid()::text" + model, mended);
    }

    private static void files(Scene row) {
        String result = row.name() + "/out/EvaluationResult-" + row.name() + "-1.json";
        String other = row.workshop().read(FaultStack.BUCKET, result).replace("F1Score\":", "F1Score\":0");
        spoilt(row, FaultStack.BUCKET, result, other, "has an F1 score of");
        spoilt(row, FaultStack.BUCKET, result.replace("Result", "Manifest"), null, "is missing");
        String artifact = row.database()
                .rows("select artifact from model where project_name = ?", row.name())
                .get(0)
                .get("artifact")
                .toString();
        spoilt(row, "vedette", artifact, null, "has no artifact");
        String file = artifact.replace("artifact.json", "model.safetensors");
        spoilt(row, "vedette", file, "corrupt", "is not what the artifact says");
        spoilt(row, "vedette", file, null, "is not what the artifact says");
    }

    /** @param other what is there instead for a while; null for nothing */
    private static void spoilt(Scene row, String bucket, String key, String other, String breach) {
        var s3 = row.stack().clients().s3();
        byte[] there =
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
        if (other == null) {
            s3.deleteObject(request -> request.bucket(bucket).key(key));
        } else {
            s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(other));
        }
        assertThat(found(row)).anyMatch(it -> it.invariant() == 5 && it.what().contains(breach));
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(there));
    }

    private static void rest(Scene row) {
        planted(
                row,
                12,
                "insert into outbox (event_id, topic, key, type, subject, data, parked) values (gen_random_uuid(),"
                        + " 'vedette.lifecycle', '" + row.arns() + "1', 't', 's', '{}', 'planted')",
                "delete from outbox where parked = 'planted'");
    }

    private static void leftovers(Scene row) throws IOException {
        String key = "models/" + UUID.randomUUID() + "/runs/" + UUID.randomUUID() + "/part";
        var s3 = row.stack().clients().s3();
        String upload = s3.createMultipartUpload(
                        request -> request.bucket("vedette").key(key))
                .uploadId();
        s3.uploadPart(
                request -> request.bucket("vedette").key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString("half"));
        assertThat(Rest.leftovers(row.stack())).anyMatch(trouble -> trouble.contains("upload"));
        s3.abortMultipartUpload(request -> request.bucket("vedette").key(key).uploadId(upload));
        // what it waits for comes when it is destroyed
        Process orphan = new ProcessBuilder(
                        "sh",
                        "-c",
                        "read end",
                        "TrainingProcess",
                        row.stack().crashes().option())
                .start();
        assertThat(Rest.leftovers(row.stack())).contains("a training process is left: " + orphan.pid());
        orphan.destroy();
    }

    /** Two services stand still, get something to read, and do not see what is planted. */
    private static void whileNobodyReads(Scene row) {
        List<ProcessHandle> readers = Stream.of("api", "evaluator")
                .map(part -> row.processes().of(part))
                .toList();
        List<Seen> again = Evidence.of(row.stack(), row.name()).records.stream()
                .filter(event -> (row.arns() + "1").equals(event.key()))
                .filter(event -> List.of("ModelTrained", "RunFinished").contains(event.type()))
                .toList();
        readers.forEach(reader -> row.processes().signal(reader, "STOP"));
        try {
            Resent.asTheyWere(row.stack(), again);
            assertThat(String.join("\n", Rest.leftovers(row.stack())))
                    .contains("vedette.evaluators lags", "vedette.api.trained lags", "the api lags");
            hostingAndBatch(row);
        } finally {
            readers.forEach(reader -> row.processes().signal(reader, "CONT"));
        }
    }

    private static void hostingAndBatch(Scene row) {
        planted(
                row,
                12,
                "update model set status = 'STOPPING_HOSTING' where %s",
                "update model set status = 'TRAINED' where %s");
        planted(
                row,
                12,
                "insert into batch_detection (batch_id, model_id, status, input, part_images, results, summary, total,"
                        + " asked_at, attempt, last_heard) select gen_random_uuid(), model_id, 'IN_PROGRESS', 'planted',"
                        + " 1, 'r', 's', 1, now(), 1, 0 from model where %s",
                "delete from batch_detection where input = 'planted' and exists (select 1 from model where %s)");
    }

    private static void records(Scene row) {
        List<Seen> events = Evidence.of(row.stack(), row.name()).on(Topic.LIFECYCLE).stream()
                .filter(event -> (row.arns() + "1").equals(event.key()))
                .toList();
        Seen end = events.get(events.size() - 1);
        Seen invented = new Seen(end.topic(), 0, 0, 0, end.key(), withId(end.headers()), end.data());
        Resent.asTheyWere(row.stack(), List.of(invented));
        assertFound(row, 3, 4, 9);
        Seen order = new Seen(
                Topic.RUN_CONTROL.suffix(), 0, 0, 0, UUID.randomUUID().toString(), withId(end.headers()), end.data());
        Resent.asTheyWere(row.stack(), List.of(order));
        assertThat(found(row)).filteredOn(breach -> breach.invariant() == 3).hasSize(2);
        assertThat(found(row)).extracting(Breach::invariant).doesNotContain(10);
        row.witness().poisoned(new Witness.Poison(Topic.RUN_EVENTS.suffix(), 0, 0));
        assertFound(row, 10);
        Seen letter = new Seen(Topic.DEAD_LETTERS.suffix(), 0, 0, 0, end.key(), Map.of(), end.data());
        Resent.asTheyWere(row.stack(), List.of(letter));
        assertThat(found(row)).filteredOn(breach -> breach.invariant() == 10).hasSize(2);
    }

    private static Map<String, String> withId(Map<String, String> headers) {
        Map<String, String> changed = new java.util.HashMap<>(headers);
        changed.put("ce_id", UUID.randomUUID().toString());
        return changed;
    }

    /** @param statements to plant it and to mend it, by turns; {@code %s} is the row's model */
    private static void planted(Scene row, int invariant, String... statements) {
        for (int i = 0; i < statements.length; i += 2) {
            execute(row, statements[i]);
        }
        assertFound(row, invariant);
        for (int i = 1; i < statements.length; i += 2) {
            execute(row, statements[i]);
        }
    }

    private static void execute(Scene row, String sql) {
        row.database().execute(sql.replace("%s", "project_name = '" + row.name() + "'"));
    }

    private static void assertFound(Scene row, Integer... invariants) {
        assertThat(found(row)).extracting(Breach::invariant).contains(invariants);
    }

    private static List<Breach> found(Scene row) {
        return Auditor.look(row.stack(), row.witness());
    }
}
