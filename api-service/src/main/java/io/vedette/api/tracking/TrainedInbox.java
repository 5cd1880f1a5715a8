package io.vedette.api.tracking;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.vedette.api.tracking.ArtifactTracker.Place;
import io.vedette.common.event.Event;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.runtime.EventCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Artifacts that training runs announce; the first of a model counts. */
@ApplicationScoped
class TrainedInbox {
    private final EventCodec codec;
    private final ArtifactTracker tracker;
    private final Poison poison;

    TrainedInbox(EventCodec codec, ArtifactTracker tracker, Poison poison) {
        this.codec = codec;
        this.tracker = tracker;
        this.poison = poison;
    }

    @Incoming("model-trained")
    @Blocking("model-trained")
    void on(ConsumerRecord<String, byte[]> received) {
        poison.orApplied(received, () -> apply(received));
    }

    private void apply(ConsumerRecord<String, byte[]> received) {
        Event event = codec.decode(received);
        if (!(event instanceof ModelTrained trained)) {
            throw new IllegalArgumentException(event.type() + " does not announce an artifact");
        }
        Place place = new Place(received.partition(), received.offset(), Instant.ofEpochMilli(received.timestamp()));
        Patience.untilApplied(() -> tracker.trained(trained, place));
    }
}
