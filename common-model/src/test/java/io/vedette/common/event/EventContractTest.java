package io.vedette.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden files are what other versions have written: they may gain fields, and never change or lose one. */
class EventContractTest {
    static Set<String> types() {
        return EventTypes.all().keySet();
    }

    @Test
    void everyEventHasItsOwnType() {
        assertThat(types()).hasSize(16).contains("io.vedette.TrainRequested", "io.vedette.ModelStatusChanged");
    }

    @ParameterizedTest
    @MethodSource("types")
    void goldenFileFitsTheSchema(String type) throws IOException {
        assertThat(schema(type).validate(golden(type))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void goldenFileComesBackUnchanged(String type) throws IOException {
        // Given
        JsonNode golden = golden(type);
        // When
        Event event = EventJson.read(type, bytes(golden));
        // Then
        assertThat(event.type()).isEqualTo(type);
        assertThat(EventJson.mapper().readTree(EventJson.write(event))).isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("types")
    void eventFromTheFutureIsUnderstood(String type) throws IOException {
        // Given
        JsonNode golden = golden(type);
        ObjectNode future = golden.deepCopy();
        future.put("addedLater", "whatever").putObject("alsoAdded").put("x", 1);
        if (future.get("run") instanceof ObjectNode run) {
            run.put("addedLater", 1);
        }
        // When
        Event event = EventJson.read(type, bytes(future));
        // Then
        assertThat(event).isEqualTo(EventJson.read(type, bytes(golden)));
        assertThat(schema(type).validate(future)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void schemaRefusesAnEventWithoutItsFields(String type) throws IOException {
        assertThat(schema(type).validate(EventJson.mapper().createObjectNode())).isNotEmpty();
    }

    @Test
    void unknownTypeIsRefused() {
        assertThatThrownBy(() -> EventJson.read("io.vedette.Unheard", "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("io.vedette.Unheard");
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode golden(String type) throws IOException {
        return json("/events/" + type + ".json");
    }

    private static JsonSchema schema(String type) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(json("/schemas/" + type + ".json"));
    }

    private static JsonNode json(String resource) throws IOException {
        try (InputStream file = EventContractTest.class.getResourceAsStream(resource)) {
            assertThat(file).as(resource).isNotNull();
            return EventJson.mapper().readTree(file);
        }
    }
}
