package io.vedette.runtime;

import io.quarkus.logging.LoggingFilter;
import io.vedette.common.PlainText;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** {@link PlainRecords} in a service, whose log manager formats messages later than the JDK's. No record is left out. */
@LoggingFilter(name = "one-line")
public final class OneLine implements Filter {
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    private final PlainRecords plain = new PlainRecords();

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord ours) {
            String text = MESSAGE.format(ours);
            if (!PlainText.isPlain(text)) {
                ours.setMessage(PlainText.of(text), ExtLogRecord.FormatStyle.NO_FORMAT);
            }
        }
        return plain.isLoggable(record);
    }
}
