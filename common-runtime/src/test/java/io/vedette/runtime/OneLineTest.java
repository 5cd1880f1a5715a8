package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class OneLineTest {
    private static final String FORGED = "a.png\n2026-01-01 00:00:00,000 ERROR forged \u001b[2J";
    private static final String SHOWN = "a.png\\n2026-01-01 00:00:00,000 ERROR forged \\u001b[2J";

    @Test
    void parametersOfAMessageBeginNoLine() {
        ExtLogRecord record =
                new ExtLogRecord(Level.WARNING, "failed key=%s", ExtLogRecord.FormatStyle.PRINTF, "any.logger");
        record.setParameters(new Object[] {FORGED});
        assertThat(new OneLine().isLoggable(record)).isTrue();
        assertThat(shown(record)).isEqualTo("failed key=" + SHOWN);
    }

    @Test
    void aMessageWithNothingToHideStaysAsItIs() {
        ExtLogRecord record =
                new ExtLogRecord(Level.INFO, "100 %% of %s", ExtLogRecord.FormatStyle.PRINTF, "any.logger");
        record.setParameters(new Object[] {"ä\tb"});
        new OneLine().isLoggable(record);
        assertThat(record.getMessage()).isEqualTo("100 %% of %s");
        assertThat(shown(record)).isEqualTo("100 % of ä\tb");
    }

    @Test
    void throwablesAndTheirCausesBeginNoLine() {
        Exception cause = new IllegalArgumentException(FORGED);
        Exception thrown = new IllegalStateException("outside", cause);
        cause.initCause(thrown); // a ring
        LogRecord record = new LogRecord(Level.SEVERE, FORGED);
        record.setThrown(thrown);
        new OneLine().isLoggable(record);
        assertThat(record.getMessage()).isEqualTo(SHOWN);
        StringWriter shown = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(shown, true));
        assertThat(shown.toString())
                .startsWith("java.lang.IllegalStateException: outside")
                .contains("Caused by: java.lang.IllegalArgumentException: " + SHOWN)
                .contains("at " + OneLineTest.class.getName());
        assertThat(shown.toString().lines()).noneMatch(line -> line.startsWith("2026-01-01"));
    }

    private static String shown(ExtLogRecord record) {
        return new PatternFormatter("%s").format(record);
    }

    @Test
    void anOrdinaryThrowableIsLeftAsItIs() {
        Exception thrown = new IllegalStateException("plain", new RuntimeException("too"));
        LogRecord record = new LogRecord(Level.SEVERE, null);
        record.setThrown(thrown);
        new OneLine().isLoggable(record);
        assertThat(record.getThrown()).isSameAs(thrown);
    }
}
