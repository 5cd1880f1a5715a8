package io.vedette.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.common.event.EventJson;
import java.io.IOException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @Test
    void aLineIsOneObjectWithItsRunAndTheWholeTrouble() throws IOException {
        // Given
        UUID run = UUID.randomUUID();
        LogRecord record = new LogRecord(Level.WARNING, "two\nlines {0}");
        record.setParameters(new Object[] {"and a value"});
        record.setThrown(new IOException("broken"));
        // When
        String line = new JsonLines(run, "arn:model", "00-11-22-00").format(record);
        // Then
        assertThat(line.strip()).doesNotContain("\n");
        JsonNode read = EventJson.mapper().readTree(line);
        assertThat(read.path("level").asText()).isEqualTo("WARN");
        assertThat(read.path("message").asText()).isEqualTo("two\nlines and a value");
        assertThat(read.path("mdc").path("run").asText()).isEqualTo(run.toString());
        assertThat(read.path("mdc").path("model").asText()).isEqualTo("arn:model");
        assertThat(read.path("mdc").path("traceparent").asText()).isEqualTo("00-11-22-00");
        assertThat(read.path("stackTrace").asText()).contains("broken", "JsonLinesTest");
    }
}
