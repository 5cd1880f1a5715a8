package io.vedette.api.tracking;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vedette.common.event.RunEvent.Tick;
import io.vedette.common.event.Topic;
import io.vedette.runtime.EventProducer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;

/** Pulses the lease clock from this replica, in the same partition as the workers' heartbeats. */
@ApplicationScoped
class Ticker {
    private final EventProducer producer;
    private final Pulse pulse;
    private final String replica = UUID.randomUUID().toString();

    Ticker(EventProducer producer, Pulse pulse) {
        this.producer = producer;
        this.pulse = pulse;
    }

    @Scheduled(every = "${vedette.tick:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        try {
            producer.send(Topic.RUN_EVENTS, replica, new Tick(replica));
            pulse.said();
        } catch (KafkaException unavailable) {
            Log.warnf("missed a tick: %s", unavailable.getMessage());
        }
    }
}
