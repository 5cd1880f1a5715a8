package io.vedette.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.common.event.EventJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A training process's log lines as its worker's are with {@code vedette.log.json}, about the one run that it has. */
final class JsonLines extends Formatter {
    private final UUID run;
    private final String model;
    private final String traceparent;

    /** @param model its ARN @param traceparent of the run, or null */
    JsonLines(UUID run, String model, String traceparent) {
        this.run = run;
        this.model = model;
        this.traceparent = traceparent;
    }

    @Override
    public String format(LogRecord record) {
        ObjectNode line = EventJson.mapper().createObjectNode();
        line.put("timestamp", record.getInstant().toString());
        line.put("loggerName", record.getLoggerName());
        line.put("level", record.getLevel().getName().replace("WARNING", "WARN").replace("SEVERE", "ERROR"));
        line.put("message", formatMessage(record));
        ObjectNode about = line.putObject("mdc").put("run", run.toString()).put("model", model);
        if (traceparent != null) {
            about.put("traceparent", traceparent);
        }
        line.put("processName", "training");
        line.put("processId", ProcessHandle.current().pid());
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            line.put("stackTrace", trace.toString());
        }
        try {
            return EventJson.mapper().writeValueAsString(line) + System.lineSeparator();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
