package io.vedette.api.tracking;

import io.smallrye.common.annotation.Blocking;
import io.vedette.common.event.Event;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.RunEvent.Tick;
import io.vedette.runtime.DeadLetters;
import io.vedette.runtime.EventCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What workers say of their runs, and the ticks between. A record that makes no sense goes to the dead letters. */
@ApplicationScoped
class RunInbox {
    private final EventCodec codec;
    private final RunTracker tracker;
    private final Watchdog watchdog;
    private final DeadLetters letters;

    RunInbox(EventCodec codec, RunTracker tracker, Watchdog watchdog, DeadLetters letters) {
        this.letters = letters;
        this.codec = codec;
        this.tracker = tracker;
        this.watchdog = watchdog;
    }

    @Incoming("run-events")
    @Blocking
    void on(ConsumerRecord<String, byte[]> received) {
        letters.unlessPoison(received, () -> apply(received));
    }

    private void apply(ConsumerRecord<String, byte[]> received) {
        Event event = codec.decode(received);
        if (!(event instanceof RunEvent said)) {
            throw new IllegalArgumentException(event.type() + " is not an event of a run");
        }
        Instant at = Instant.ofEpochMilli(received.timestamp());
        Patience.untilApplied(() -> tracker.apply(received.offset(), at, said));
        if (said instanceof Tick) {
            watchdog.look();
        }
    }
}
