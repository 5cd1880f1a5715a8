package io.vedette.api.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.vedette.common.Scope;
import io.vedette.common.event.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands every lifecycle event that comes in to the listeners of its account and region. Each replica hears all. */
@ApplicationScoped
class LifecycleFeed {
    private final Map<Consumer<News>, String> listeners = new ConcurrentHashMap<>();

    /** @param json the CloudEvent in its JSON format */
    record News(String id, String type, String json) {}

    /** From now on, until {@link #leave}; the listener must not block. */
    void listen(Scope scope, Consumer<News> listener) {
        listeners.put(listener, scope.arn(""));
    }

    void leave(Consumer<News> listener) {
        listeners.remove(listener);
    }

    @Incoming("lifecycle")
    @Blocking("lifecycle")
    void on(ConsumerRecord<String, byte[]> event) throws IOException {
        if (listeners.isEmpty() || event.key() == null) {
            return;
        }
        News news = read(event);
        listeners.forEach((listener, resources) -> {
            if (event.key().startsWith(resources)) {
                listener.accept(news);
            }
        });
    }

    private static News read(ConsumerRecord<String, byte[]> event) throws IOException {
        ObjectNode json = EventJson.mapper().createObjectNode();
        for (String attribute : new String[] {"specversion", "id", "source", "type", "subject", "time"}) {
            json.put(attribute, header(event, "ce_" + attribute));
        }
        json.put("datacontenttype", "application/json");
        json.set("data", EventJson.mapper().readTree(event.value()));
        return new News(json.get("id").asText(), json.get("type").asText(), json.toString());
    }

    private static String header(ConsumerRecord<?, ?> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
