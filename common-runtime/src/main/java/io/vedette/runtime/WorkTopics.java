package io.vedette.runtime;

import io.vedette.common.event.Topic;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What lies on the topics of long work, and what was taken from them. */
@Singleton
public final class WorkTopics {
    private final Topics topics;

    public WorkTopics(Topics topics) {
        this.topics = topics;
    }

    /**
     * What a partition has, and how far a group has taken it.
     *
     * @param first offset that is kept
     * @param end offset that the next record gets
     * @param committed offset that the group takes next; empty if it never took one, or was forgotten
     */
    public record Span(long first, long end, Optional<Long> committed) {
        long untaken() {
            return Math.max(0, end - Math.max(first, committed.orElse(first)));
        }

        /** Whether nobody of the group will ever be given the record at this offset again. */
        public boolean isPast(long offset) {
            return offset < first
                    || offset >= end
                    || committed.filter(it -> it > offset).isPresent();
        }
    }

    /**
     * @param group before any prefix
     * @return by partition
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer within 20 s
     */
    public Map<Integer, Span> spans(Topic topic, String group) {
        try (Admin admin = topics.admin()) {
            return spans(admin, topic, group);
        }
    }

    private Map<Integer, Span> spans(Admin admin, Topic topic, String group) {
        Map<TopicPartition, ListOffsetsResultInfo> first = offsets(admin, topic, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> end = offsets(admin, topic, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> committed = Topics.wait(
                admin.listConsumerGroupOffsets(topics.prefixed(group)).partitionsToOffsetAndMetadata());
        Map<Integer, Span> spans = new TreeMap<>();
        first.forEach((partition, info) -> spans.put(
                partition.partition(),
                new Span(
                        info.offset(),
                        end.get(partition).offset(),
                        Optional.ofNullable(committed.get(partition)).map(OffsetAndMetadata::offset))));
        return spans;
    }

    /** A group that reads a topic. @param group before any prefix */
    public record Reading(Topic topic, String group) {}

    /**
     * How many records each group has not taken yet.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer within 20 s
     */
    public Map<Reading, Long> lags(List<Reading> readings) {
        try (Admin admin = topics.admin()) {
            return readings.stream()
                    .collect(Collectors.toMap(
                            Function.identity(),
                            it -> spans(admin, it.topic(), it.group()).values().stream()
                                    .mapToLong(Span::untaken)
                                    .sum()));
        }
    }

    /** How many records were ever written to a topic. */
    public long everWritten(Topic topic) {
        try (Admin admin = topics.admin()) {
            return offsets(admin, topic, OffsetSpec.latest()).values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    /** Removes the records before these offsets, by partition. */
    public void trim(Topic topic, Map<Integer, Long> before) {
        try (Admin admin = topics.admin()) {
            Topics.wait(admin.deleteRecords(before.entrySet().stream()
                            .collect(Collectors.toMap(
                                    it -> new TopicPartition(topics.name(topic), it.getKey()),
                                    it -> RecordsToDelete.beforeOffset(it.getValue()))))
                    .all());
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Admin admin, Topic topic, OffsetSpec which) {
        String name = topics.name(topic);
        int partitions = Topics.wait(admin.describeTopics(List.of(name)).allTopicNames())
                .get(name)
                .partitions()
                .size();
        return Topics.wait(admin.listOffsets(IntStream.range(0, partitions)
                        .mapToObj(number -> new TopicPartition(name, number))
                        .collect(Collectors.toMap(Function.identity(), any -> which)))
                .all());
    }
}
