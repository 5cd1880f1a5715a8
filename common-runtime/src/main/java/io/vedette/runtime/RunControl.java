package io.vedette.runtime;

import io.vedette.common.event.RunCancelled;
import io.vedette.common.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Follows the cancellations from the topic's beginning, outside any consumer group, so that none is missed: not one that
 * comes while the broker is away, nor one that answers the first claim at once.
 */
final class RunControl implements Runnable {
    private static final Logger LOG = Logger.getLogger(RunControl.class);

    private final KafkaSettings settings;
    private final TopicPartition partition;
    private final EventCodec codec;
    private final Consumer<RunCancelled> heard;
    private final CountDownLatch stopped;

    RunControl(
            KafkaSettings settings,
            Topics topics,
            EventCodec codec,
            Consumer<RunCancelled> heard,
            CountDownLatch stopped) {
        this.settings = settings;
        this.partition = new TopicPartition(topics.name(Topic.RUN_CONTROL), 0);
        this.codec = codec;
        this.heard = heard;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        Backoff backoff = new Backoff(stopped);
        do {
            try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                while (stopped.getCount() > 0) {
                    consumer.poll(Duration.ofSeconds(1)).forEach(this::hear);
                    backoff.reset();
                }
            } catch (RuntimeException failure) {
                // Whatever it is: a worker that no longer hears cancellations looks alive to everyone.
                LOG.warnf("lost topic=%s, trying again: %s", partition.topic(), failure);
            }
        } while (backoff.pause());
    }

    private void hear(ConsumerRecord<String, byte[]> said) {
        if (said.value() == null) {
            return;
        }
        try {
            if (codec.decode(said) instanceof RunCancelled cancelled) {
                heard.accept(cancelled);
            }
        } catch (RuntimeException unusable) {
            LOG.warnf("skipped topic=%s offset=%d: %s", said.topic(), said.offset(), unusable);
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> properties = KafkaConnection.of(settings);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
