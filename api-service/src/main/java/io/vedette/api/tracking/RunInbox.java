package io.vedette.api.tracking;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.vedette.common.event.Event;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Tick;
import io.vedette.runtime.EventCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.MDC;

/** What workers say of their runs, and the ticks between. A record that makes no sense goes to the dead letters. */
@ApplicationScoped
class RunInbox {
    private final EventCodec codec;
    private final RunTracker tracker;
    private final Watchdog watchdog;
    private final Poison poison;
    private final Pulse pulse;

    RunInbox(EventCodec codec, RunTracker tracker, Watchdog watchdog, Poison poison, Pulse pulse) {
        this.codec = codec;
        this.tracker = tracker;
        this.watchdog = watchdog;
        this.poison = poison;
        this.pulse = pulse;
    }

    @Incoming(Consumers.RUN_EVENTS)
    @Blocking(Consumers.RUN_EVENTS)
    void on(ConsumerRecord<String, byte[]> received) {
        pulse.heard();
        poison.orApplied(received, () -> apply(received));
    }

    private void apply(ConsumerRecord<String, byte[]> received) {
        Event event = codec.decode(received);
        if (!(event instanceof RunEvent said)) {
            throw new IllegalArgumentException(event.type() + " is not an event of a run");
        }
        Instant at = Instant.ofEpochMilli(received.timestamp());
        if (said instanceof Tick) {
            apply(received, at, said);
            watchdog.look();
            return;
        }
        MDC.put("run", said.run().runId());
        MDC.put("model", said.run().modelArn());
        // what follows from it belongs to the same request
        EventCodec.traceparent(received.headers()).ifPresent(parent -> MDC.put("traceparent", parent));
        try {
            apply(received, at, said);
        } finally {
            List.of("run", "model", "traceparent").forEach(MDC::remove);
        }
    }

    private void apply(ConsumerRecord<String, byte[]> received, Instant at, RunEvent said) {
        Patience.untilApplied(() -> {
            pulse.heard();
            tracker.apply(received.offset(), at, said);
        });
    }
}
