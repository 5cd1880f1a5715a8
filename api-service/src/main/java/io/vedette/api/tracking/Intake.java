package io.vedette.api.tracking;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.PausableChannel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Stops hearing workers when the api stops: Hibernate closes before the channels do, and what comes in between could not be
 * applied and would be taken for poison. The next api hears it.
 */
@ApplicationScoped
class Intake {
    /** Each is {@code pausable} in application.properties. */
    private static final List<String> CHANNELS = List.of("run-events", "model-trained");

    private final ChannelRegistry channels;

    Intake(ChannelRegistry channels) {
        this.channels = channels;
    }

    void close(@Observes ShutdownEvent stopping) {
        CHANNELS.stream().map(channels::getPausable).forEach(PausableChannel::pause);
    }
}
