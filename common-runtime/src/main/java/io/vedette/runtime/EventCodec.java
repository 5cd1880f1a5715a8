package io.vedette.runtime;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.vedette.common.event.Event;
import io.vedette.common.event.EventJson;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Events as Kafka records: CloudEvents 1.0 in binary mode ({@code ce_*} headers), JSON data. */
@Singleton
public final class EventCodec {
    private static final String TRACEPARENT = "traceparent";

    private final URI source;

    /** @param service what this service is called; the source of its events is {@code /vedette/SERVICE} */
    @Inject
    public EventCodec(@ConfigProperty(name = "quarkus.application.name") String service) {
        this.source = URI.create("/vedette/" + service);
    }

    /**
     * An event with what travels around it.
     *
     * @param id the CloudEvents id
     * @param data the event as JSON
     */
    public record Envelope(UUID id, String type, String subject, String data, Optional<String> traceparent) {
        /** A new envelope around an event. */
        public static Envelope of(String subject, Event event) {
            return new Envelope(UUID.randomUUID(), event.type(), subject, EventJson.write(event), Optional.empty());
        }
    }

    /** The record of an event; its subject is the key. */
    public ProducerRecord<String, byte[]> encode(String topic, String key, Event event) {
        return encode(topic, key, Envelope.of(key, event));
    }

    /** @param topic the topic's name on the broker */
    public ProducerRecord<String, byte[]> encode(String topic, String key, Envelope envelope) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(envelope.id().toString())
                .withSource(source)
                .withType(envelope.type())
                .withSubject(envelope.subject())
                .withTime(OffsetDateTime.now(ZoneOffset.UTC))
                .withData("application/json", envelope.data().getBytes(StandardCharsets.UTF_8))
                .build();
        ProducerRecord<String, byte[]> encoded =
                KafkaMessageFactory.<String>createWriter(topic, key).writeBinary(event);
        envelope.traceparent()
                .ifPresent(parent -> encoded.headers().add(TRACEPARENT, parent.getBytes(StandardCharsets.UTF_8)));
        return encoded;
    }

    /** @throws IllegalArgumentException if the record is not an event that this version understands */
    public Event decode(ConsumerRecord<String, byte[]> received) {
        return decode(received.headers(), received.value());
    }

    /** @throws IllegalArgumentException if headers and data are not an event that this version understands */
    public Event decode(Headers headers, byte[] data) {
        String type;
        try {
            type = KafkaMessageFactory.createReader(headers, data).toEvent().getType();
        } catch (CloudEventRWException | IllegalStateException malformed) {
            throw new IllegalArgumentException("not a CloudEvent: " + malformed.getMessage(), malformed);
        }
        return EventJson.read(type, data);
    }

    /** The W3C trace context that came with a record. */
    public static Optional<String> traceparent(Headers headers) {
        Header header = headers.lastHeader(TRACEPARENT);
        return header == null ? Optional.empty() : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
