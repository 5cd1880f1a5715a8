package io.vedette.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** Events as JSON: lowerCamelCase names, absent instead of null, ISO-8601 instants, unknown fields ignored. */
public final class EventJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
            .build();

    private EventJson() {}

    /** The mapper itself, for whoever reads or writes bytes or trees; not to be reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static String write(Event event) {
        try {
            return MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write " + event.type(), impossible);
        }
    }

    /**
     * @param type the CloudEvents {@code type}
     * @throws IllegalArgumentException if this version knows no such type, or {@code json} is not one of its kind
     */
    public static Event read(String type, byte[] json) {
        Class<? extends Event> kind =
                EventTypes.of(type).orElseThrow(() -> new IllegalArgumentException("unknown event type " + type));
        if (json == null || json.length == 0) {
            throw new IllegalArgumentException("no data in an event of type " + type);
        }
        try {
            Event event = MAPPER.readValue(json, kind);
            if (event == null) {
                throw new IllegalArgumentException("no data in an event of type " + type);
            }
            return event;
        } catch (IOException malformed) {
            throw new IllegalArgumentException("not a " + type + ": " + malformed.getMessage(), malformed);
        }
    }
}
