package io.vedette.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * This worker's place in the consumer group of a work topic: one record at a time, committed by hand, left while busy.
 * Used by one thread, except for {@link #wakeup()} and {@link #joined()}.
 */
final class Membership implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** So often a member learns that another one has left, and that what waits there is its own now; Kafka's usual is 3 s. */
    private static final int HEARTBEAT_MILLIS = 500;

    private static final Duration SETTLING = Duration.ofMillis(100);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final int COMMIT_ATTEMPTS = 60;
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(Membership.class);

    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private volatile boolean joined;

    Membership(KafkaSettings settings, String group, String topic) {
        this.topic = topic;
        this.consumer =
                new KafkaConsumer<>(properties(settings, group), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> properties(KafkaSettings settings, String group) {
        Map<String, Object> properties = KafkaConnection.of(settings);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, settings.sessionTimeoutMillis());
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.min(HEARTBEAT_MILLIS, settings.sessionTimeoutMillis() / 3));
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }

    /** Joins the group unless a member already, and waits a second for a record. */
    Optional<ConsumerRecord<String, byte[]>> poll() {
        if (consumer.subscription().isEmpty()) {
            consumer.subscribe(List.of(topic), new Joining());
        }
        for (ConsumerRecord<String, byte[]> polled : consumer.poll(POLL)) {
            return Optional.of(polled);
        }
        return Optional.empty();
    }

    /**
     * Tells the broker that this record is taken.
     *
     * @return false if a rebalance gave its partition away, so that another worker gets it, or if nothing is known
     */
    boolean commit(ConsumerRecord<String, byte[]> taken) {
        TopicPartition partition = new TopicPartition(taken.topic(), taken.partition());
        Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(partition, new OffsetAndMetadata(taken.offset() + 1));
        for (int attempt = 0; attempt < COMMIT_ATTEMPTS && consumer.assignment().contains(partition); attempt++) {
            try {
                consumer.commitSync(offsets, COMMIT);
                consumer.resume(consumer.paused());
                return true;
            } catch (RebalanceInProgressException unsettled) {
                settle();
            } catch (TimeoutException silence) {
                continue;
            } catch (CommitFailedException | WakeupException refused) {
                return false;
            }
        }
        return false;
    }

    /**
     * Tells the broker where this member would read on. A group that had no members for a week is forgotten with its
     * offsets, and whoever counts what waits for it (KEDA) then counts all that ever was, until someone says otherwise.
     */
    void commitPositions() {
        try {
            consumer.assignment()
                    .forEach(partition -> consumer.position(partition, COMMIT)); // waits for those not asked yet
            consumer.commitSync(COMMIT);
        } catch (KafkaException refused) {
            LOG.debug("the positions are not known to the broker", refused);
        }
    }

    /** Takes part in the rebalance that is under way, without taking records. */
    private void settle() {
        consumer.pause(consumer.assignment());
        consumer.poll(SETTLING)
                .forEach(early -> consumer.seek(new TopicPartition(early.topic(), early.partition()), early.offset()));
    }

    /** Leaves the group: the other workers take the partitions at once. */
    void leave() {
        consumer.unsubscribe();
    }

    /** True from the first assignment on until this worker is thrown out. */
    boolean joined() {
        return joined;
    }

    /** Ends a poll that is under way with a {@link WakeupException}. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSING));
    }

    private final class Joining implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            joined = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            joined = false;
        }
    }
}
