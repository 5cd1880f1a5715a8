package io.vedette.api.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.Topic;
import io.vedette.runtime.WorkQueues;
import io.vedette.runtime.WorkTopics;
import io.vedette.runtime.WorkTopics.Reading;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** What Kafka has in store: how far each consumer group is behind, and how many records nobody could read. */
@Singleton
class TopicMeters {
    private static final List<Reading> GROUPS = List.of(
            new Reading(Topic.TRAINING_REQUESTED, WorkQueues.group(Kind.TRAINING)),
            new Reading(Topic.MODEL_TRAINED, WorkQueues.group(Kind.EVALUATION)),
            new Reading(Topic.BATCH_REQUESTED, WorkQueues.group(Kind.BATCH)),
            new Reading(Topic.MODEL_TRAINED, "vedette.api.trained"),
            new Reading(Topic.RUN_EVENTS, "vedette.api.tracking"));

    private final WorkTopics topics;
    private volatile Map<Reading, Long> lags = Map.of();
    private volatile double buried = Double.NaN;

    TopicMeters(WorkTopics topics, MeterRegistry meters) {
        this.topics = topics;
        for (Reading group : GROUPS) {
            Gauge.builder("vedette.consumer.lag", this, self -> self.lag(group))
                    .baseUnit("records")
                    .tag("group", group.group())
                    .tag("topic", group.topic().suffix())
                    .register(meters);
        }
        // Not a counter: after a restart it would rise from nothing to all that ever was.
        Gauge.builder("vedette.dead.letters", this, self -> self.buried)
                .baseUnit("records")
                .register(meters);
    }

    @Scheduled(every = "${vedette.meters.every:15s}", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        try {
            lags = topics.lags(GROUPS);
            buried = topics.everWritten(Topic.DEAD_LETTERS);
        } catch (KafkaException unavailable) {
            lags = Map.of();
            buried = Double.NaN;
            Log.debugf("could not ask for the lag: %s", unavailable.getMessage());
        }
    }

    private double lag(Reading group) {
        Long lag = lags.get(group);
        return lag == null ? Double.NaN : lag;
    }
}
