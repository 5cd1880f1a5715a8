package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.common.event.RunEvent.Tick;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final EventCodec codec = new EventCodec("trainer");

    @Test
    void eventIsACloudEventInBinaryMode() {
        // Given
        UUID id = UUID.randomUUID();
        // When
        ProducerRecord<String, byte[]> message = codec.encode(
                "t",
                "key",
                new EventCodec.Envelope(id, "io.vedette.Tick", "subject", "{\"replica\":\"a\"}", Optional.of(TRACE)));
        // Then
        assertThat(header(message, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(message, "ce_id")).isEqualTo(id.toString());
        assertThat(header(message, "ce_source")).isEqualTo("/vedette/trainer");
        assertThat(header(message, "ce_type")).isEqualTo("io.vedette.Tick");
        assertThat(header(message, "ce_subject")).isEqualTo("subject");
        assertThat(header(message, "content-type")).isEqualTo("application/json");
        assertThat(EventCodec.traceparent(message.headers())).contains(TRACE);
        assertThat(message.key()).isEqualTo("key");
        assertThat(new String(message.value(), StandardCharsets.UTF_8)).isEqualTo("{\"replica\":\"a\"}");
    }

    @Test
    void eventComesBack() {
        ProducerRecord<String, byte[]> message = codec.encode("t", "key", new Tick("a"));
        assertThat(codec.decode(message.headers(), message.value())).isEqualTo(new Tick("a"));
        assertThat(EventCodec.traceparent(message.headers())).isEmpty();
    }

    @Test
    void whatIsNoEventIsRefused() {
        byte[] data = "{}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> codec.decode(new RecordHeaders(), data)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.decode(new RecordHeaders(), null)).isInstanceOf(IllegalArgumentException.class);
        ProducerRecord<String, byte[]> message = codec.encode("t", "key", new Tick("a"));
        byte[] cut = "{\"replica\":".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> codec.decode(message.headers(), cut)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.decode(message.headers(), null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEventOfNothingIsRefused() {
        for (String type : List.of("TrainRequested", "ModelTrained", "BatchRequested", "RunStarted", "RunProgressed")) {
            assertRefused(headers("1", "io.vedette." + type), "{}");
            assertRefused(headers("1", "io.vedette." + type), "{\"run\":{}}");
        }
    }

    @Test
    void headersThatAreNoneAreRefused() {
        String tick = "{\"replica\":\"a\"}";
        assertRefused(headers(null, "io.vedette.Tick"), tick);
        assertRefused(headers("1", null), tick);
        RecordHeaders structured = new RecordHeaders();
        structured.add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8));
        assertRefused(structured, "{");
    }

    private void assertRefused(RecordHeaders headers, String data) {
        assertThatThrownBy(() -> codec.decode(headers, data.getBytes(StandardCharsets.UTF_8)))
                .as(headers + " " + data)
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RecordHeaders headers(String id, String type) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_specversion", "1.0".getBytes(StandardCharsets.UTF_8));
        headers.add("ce_source", "/test".getBytes(StandardCharsets.UTF_8));
        headers.add("ce_id", id == null ? null : id.getBytes(StandardCharsets.UTF_8));
        headers.add("ce_type", type == null ? null : type.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private static String header(ProducerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
