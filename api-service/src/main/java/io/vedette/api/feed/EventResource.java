package io.vedette.api.feed;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduled;
import io.vedette.api.aws.Caller;
import io.vedette.api.feed.LifecycleFeed.News;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The lifecycle of the caller's projects, data sets, models and batches as server-sent events. */
@Singleton
@Path("/vedette/v1/events")
public class EventResource {
    private final LifecycleFeed feed;
    private final Caller caller;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    EventResource(LifecycleFeed feed, Caller caller) {
        this.feed = feed;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow the lifecycle of projects, data sets, models and batches",
            description =
                    "Server-sent events: the type is the CloudEvent's, the data the CloudEvent as JSON. Begins with"
                            + " what happens next; whoever must miss nothing reads the Kafka topic vedette.lifecycle.")
    public void follow(@Context SseEventSink sink, @Context Sse sse) {
        Listener listener = new Listener(sink, sse);
        listeners.add(listener);
        feed.listen(caller.scope(), listener);
        listener.send(sse.newEventBuilder().comment("listening").build());
    }

    /** Keeps the connections of the patient open, and notices who has gone. */
    @Scheduled(every = "15s")
    void breathe() {
        listeners.forEach(listener -> listener.send(
                listener.sse.newEventBuilder().comment("nothing new").build()));
    }

    /** A feed has no end of its own, and the api waits for calls under way before it ends: these would take all of that time. */
    void end(@Observes ShutdownDelayInitiatedEvent ending) {
        listeners.forEach(Listener::leave);
    }

    private final class Listener implements Consumer<News> {
        private final SseEventSink sink;
        private final Sse sse;

        Listener(SseEventSink sink, Sse sse) {
            this.sink = sink;
            this.sse = sse;
        }

        @Override
        public void accept(News news) {
            send(sse.newEventBuilder()
                    .id(news.id())
                    .name(news.type())
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(String.class, news.json())
                    .build());
        }

        void send(OutboundSseEvent event) {
            if (sink.isClosed()) {
                leave();
                return;
            }
            sink.send(event).whenComplete((sent, failure) -> {
                if (failure != null) {
                    leave();
                }
            });
        }

        private void leave() {
            feed.leave(this);
            listeners.remove(this);
            sink.close();
        }
    }
}
