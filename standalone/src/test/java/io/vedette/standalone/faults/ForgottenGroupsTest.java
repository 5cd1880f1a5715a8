package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.parallel.Isolated;

/** Nobody has worked for so long that the broker has forgotten how far the groups were. */
@FaultTest
@Isolated
class ForgottenGroupsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int YEAR = 12;

    @Fault(40)
    void allOfHistoryIsServedAgain(Scene row) {
        // Given: a settled model, and no workers
        row.prepare("slow-3");
        row.trained(row.ask());
        List<Seen> history = Evidence.of(row.stack(), row.name()).records.stream()
                .filter(record -> (row.arns() + "1").equals(record.key()))
                .filter(record -> List.of("TrainRequested", "ModelTrained").contains(record.type()))
                .toList();
        List<ProcessHandle> workers = Stream.of("trainer", "evaluator")
                .map(part -> row.processes().of(part))
                .toList();
        workers.forEach(worker -> row.processes().signal(worker, "STOP"));
        // When
        row.fault();
        String model;
        try {
            forgetGroups(row);
            Resent.asTheyWere(row.stack(), repeated(history));
            model = row.ask();
        } finally {
            workers.forEach(worker -> row.processes().signal(worker, "CONT"));
        }
        // Then
        row.trained(model);
        await().atMost(PATIENCE).until(() -> Lag.of(row.stack().kafka()).isEmpty());
        // a claim that fails because the group is gone is begun, and does nothing
        assertThat(finished(row, "TRAINING")).as("one training of each model").isEqualTo(2);
        assertThat(finished(row, "EVALUATION"))
                .as("one evaluation of each model")
                .isEqualTo(2);
        assertThat(artifacts(row)).as("artifacts of the settled model").isEqualTo(1);
        assertTrimmed(row, history);
    }

    /** And whatever was said of the row's models is said twice more. */
    @Fault(27)
    void everyTopicIsReadFromItsBegin(Scene row) {
        // Given: a model that was trained, one whose training was called off, and nobody who reads
        row.prepare("slow-3");
        row.trained(row.ask());
        String calledOff = row.ask();
        row.awaitMessage(calledOff, "rehearsing slowly");
        row.stopTraining(calledOff);
        await().atMost(PATIENCE)
                .until(() -> new Rest(row.stack(), row.name()).troubles().isEmpty());
        List<Map<String, Object>> before = RecordFaultsTest.truth(row);
        Evidence evidence = Evidence.of(row.stack(), row.name());
        List<Seen> all = evidence.records.stream().filter(evidence::isOurs).toList();
        assertThat(all).extracting(Seen::topic).contains("vedette.run.control", "vedette.run.events");
        List<ProcessHandle> readers = Stream.of("api", "trainer", "evaluator")
                .map(part -> row.processes().of(part))
                .toList();
        readers.forEach(reader -> row.processes().signal(reader, "STOP"));
        // When
        row.fault();
        try {
            Resent.asTheyWere(row.stack(), all);
            Resent.asTheyWere(row.stack(), all);
            readFromTheBegin(row);
            assertThat(Lag.of(row.stack().kafka())).hasSize(Lag.GROUPS.size());
        } finally {
            readers.forEach(reader -> row.processes().signal(reader, "CONT"));
        }
        // Then
        RecordFaultsTest.awaitRead(row);
        assertThat(RecordFaultsTest.truth(row)).isEqualTo(before);
    }

    private static void readFromTheBegin(Scene row) {
        Map<String, String> groups = new HashMap<>(Lag.GROUPS);
        groups.put("vedette.api.tracking", Topic.RUN_EVENTS.suffix());
        try (Admin admin = admin(row)) {
            groups.forEach((group, topic) -> {
                Map<TopicPartition, OffsetAndMetadata> begin = IntStream.range(
                                0, Topic.ofSuffix(topic).partitions())
                        .boxed()
                        .collect(Collectors.toMap(
                                number -> new TopicPartition(topic, number), number -> new OffsetAndMetadata(0)));
                // once it is empty
                await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    admin.alterConsumerGroupOffsets(group, begin).all().get();
                    return true;
                });
            });
        }
    }

    private static void forgetGroups(Scene row) {
        try (Admin admin = admin(row)) {
            for (String group : List.of("vedette.trainers", "vedette.evaluators")) {
                // once it is empty
                await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    admin.deleteConsumerGroups(List.of(group)).all().get();
                    return true;
                });
            }
        }
    }

    private static List<Seen> repeated(List<Seen> records) {
        List<Seen> all = new ArrayList<>();
        for (int i = 0; i < YEAR; i++) {
            all.addAll(records);
        }
        return all;
    }

    private static long finished(Scene row, String kind) {
        return row.database()
                .number(
                        "select count(*) from run join model using (model_id) where project_name = ? and kind = ?"
                                + " and state = 'FINISHED'",
                        row.name(),
                        kind);
    }

    private static long artifacts(Scene row) {
        String id = row.database()
                .rows("select model_id from model where project_name = ? and version = 1", row.name())
                .get(0)
                .get("model_id")
                .toString();
        return row
                .stack()
                .clients()
                .s3()
                .listObjectsV2(request -> request.bucket("vedette").prefix("models/" + id + "/runs/"))
                .contents()
                .stream()
                .filter(object -> object.key().endsWith("/artifact.json"))
                .count();
    }

    /** The api trims the topics when it starts, and every hour. */
    private static void assertTrimmed(Scene row, List<Seen> history) {
        row.kill("api");
        try (Admin admin = admin(row)) {
            for (Seen record : history) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                await().atMost(PATIENCE)
                        .until(() -> admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                                        .partitionResult(partition)
                                        .get()
                                        .offset()
                                > record.offset() + YEAR);
            }
        }
    }

    private static Admin admin(Scene row) {
        return Admin.create(
                Map.<String, Object>of("bootstrap.servers", row.stack().kafka()));
    }
}
