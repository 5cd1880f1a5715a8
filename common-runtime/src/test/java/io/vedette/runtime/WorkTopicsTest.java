package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import io.vedette.runtime.WorkTopics.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** What lies on a topic, on a real broker. */
@Timeout(60)
class WorkTopicsTest {
    private static final Topic TOPIC = Topic.BATCH_REQUESTED;
    private static final String GROUP = "vedette.batches";

    private Topics topics;
    private EventProducer producer;
    private WorkTopics work;

    @BeforeEach
    void createTopics(TestInfo test) {
        KafkaSettings kafka =
                TestBroker.settings(test.getTestMethod().orElseThrow().getName() + ".");
        topics = new Topics(kafka);
        topics.ensure();
        producer = new EventProducer(kafka, topics, new EventCodec("test"));
        work = new WorkTopics(topics);
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void aTrimmedTopicBeginsAtWhatIsStillOwned() {
        // Given
        put(3, 5);
        put(4, 2);
        commit(3, 4);
        assertThat(work.spans(TOPIC, GROUP).get(3)).isEqualTo(new Span(0, 5, Optional.of(4L)));
        // When
        work.trim(TOPIC, Map.of(3, 2L));
        // Then
        Map<Integer, Span> spans = work.spans(TOPIC, GROUP);
        assertThat(spans).hasSize(TOPIC.partitions());
        assertThat(spans.get(3)).isEqualTo(new Span(2, 5, Optional.of(4L)));
        assertThat(spans.get(4)).isEqualTo(new Span(0, 2, Optional.empty()));
        assertThat(spans.get(5)).isEqualTo(new Span(0, 0, Optional.empty()));
    }

    @Test
    void aRecordIsPastOnceItIsTakenTrimmedOrGoneWithItsTopic() {
        // Given
        put(0, 3);
        commit(0, 1);
        Span before = work.spans(TOPIC, GROUP).get(0);
        assertThat(List.of(before.isPast(0), before.isPast(1), before.isPast(2)))
                .containsExactly(true, false, false);
        work.trim(TOPIC, Map.of(0, 2L));
        assertThat(work.spans(TOPIC, GROUP).get(0).isPast(1)).isTrue();
        // When
        try (Admin admin = topics.admin()) {
            Topics.wait(admin.deleteTopics(List.of(topics.name(TOPIC))).all());
        }
        topics.ensure();
        // Then
        await().ignoreExceptionsMatching(
                        UnknownTopicOrPartitionException.class::isInstance) // the broker is still at it
                .untilAsserted(() ->
                        assertThat(work.spans(TOPIC, GROUP).get(0).isPast(2)).isTrue());
    }

    private void put(int partition, int records) {
        for (int i = 0; i < records; i++) {
            EventProducer.await(
                    producer.submit(new ProducerRecord<>(topics.name(TOPIC), partition, "key", new byte[] {(byte) i})));
        }
    }

    private void commit(int partition, long offset) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        offsets.put(new TopicPartition(topics.name(TOPIC), partition), new OffsetAndMetadata(offset));
        try (Admin admin = topics.admin()) {
            Topics.wait(admin.alterConsumerGroupOffsets(topics.prefixed(GROUP), offsets)
                    .all());
        }
    }
}
