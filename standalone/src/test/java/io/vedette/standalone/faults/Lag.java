package io.vedette.standalone.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records that a group was not given yet. */
final class Lag {
    /** The api commits what it has applied every five seconds. */
    private static final Map<String, String> GROUPS = Map.of(
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
        var ends = admin.listOffsets(java.util.stream.IntStream.range(0, partitions)
                        .boxed()
                        .collect(Collectors.toMap(
                                number -> new TopicPartition(topic, number), number -> OffsetSpec.latest())))
                .all()
                .get();
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata there = committed.get(end.getKey());
                    return end.getValue().offset() - (there == null ? 0 : there.offset());
                })
                .sum();
    }
}
