package io.vedette.standalone.faults;

import io.vedette.common.event.Topic;
import io.vedette.standalone.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records that a group was not given yet. */
final class Lag {
    /** The api commits what it has applied every five seconds. */
    static final Map<String, String> GROUPS = Map.of(
            "vedette.trainers", "vedette.training.requested",
            "vedette.evaluators", "vedette.model.trained",
            "vedette.api.trained", "vedette.model.trained");

    private Lag() {}

    /** A sentence for each group that lags. */
    static List<String> of(String kafka) {
        List<String> troubles = new ArrayList<>();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
            for (Map.Entry<String, String> group : GROUPS.entrySet()) {
                long behind = behind(admin, group.getKey(), group.getValue());
                if (behind > 0) {
                    troubles.add(group.getKey() + " lags " + behind + " records behind " + group.getValue());
                }
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return troubles;
    }

    /** Of the run events the database knows how far the api has applied them. */
    static List<String> ofRunEvents(FaultStack stack) {
        String topic = Topic.RUN_EVENTS.suffix();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", stack.kafka()))) {
            long end = offsets(admin, topic, 1, OffsetSpec.latest()).get(new TopicPartition(topic, 0));
            long applied = new Database(stack.layout()).number("select next_offset from lease_clock");
            return applied < end ? List.of("the api lags " + (end - applied) + " records behind " + topic) : List.of();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static long behind(Admin admin, String group, String topic)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        int partitions = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
        Map<TopicPartition, Long> begins = offsets(admin, topic, partitions, OffsetSpec.earliest());
        return offsets(admin, topic, partitions, OffsetSpec.latest()).entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata there = committed.get(end.getKey());
                    long begin = begins.get(end.getKey()); // what was trimmed away is behind nobody
                    return end.getValue() - Math.max(begin, there == null ? 0 : there.offset());
                })
                .sum();
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String topic, int partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(IntStream.range(0, partitions)
                        .boxed()
                        .collect(Collectors.toMap(number -> new TopicPartition(topic, number), number -> which)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }
}
