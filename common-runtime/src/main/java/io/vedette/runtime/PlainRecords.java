package io.vedette.runtime;

import io.vedette.common.PlainText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Shows control characters in log messages as escapes, so that what a client has sent (S3 keys, names, headers) can neither
 * begin a line of its own in a log nor speak to the terminal that shows it. No record is left out.
 */
public final class PlainRecords implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        if (!PlainText.isPlain(record.getMessage())) {
            record.setMessage(PlainText.of(record.getMessage()));
        }
        if (record.getThrown() != null && !isPlain(record.getThrown(), seen())) {
            record.setThrown(new Escaped(record.getThrown(), seen()));
        }
        return true;
    }

    private static boolean isPlain(Throwable thrown, Set<Throwable> seen) {
        return thrown == null
                || !seen.add(thrown)
                || PlainText.isPlain(thrown.toString()) && isPlain(thrown.getCause(), seen) && arePlain(thrown, seen);
    }

    private static boolean arePlain(Throwable thrown, Set<Throwable> seen) {
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isPlain(suppressed, seen)) {
                return false;
            }
        }
        return true;
    }

    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Stands in a log for a throwable that says what it should not. */
    private static final class Escaped extends Throwable {
        private static final long serialVersionUID = 1;

        private final String shown;

        Escaped(Throwable of, Set<Throwable> seen) {
            super(null, isNew(of.getCause(), seen) ? new Escaped(of.getCause(), seen) : null);
            shown = PlainText.of(of.toString());
            setStackTrace(of.getStackTrace());
            for (Throwable suppressed : of.getSuppressed()) {
                if (isNew(suppressed, seen)) {
                    addSuppressed(new Escaped(suppressed, seen));
                }
            }
        }

        private static boolean isNew(Throwable thrown, Set<Throwable> seen) {
            return thrown != null && seen.add(thrown);
        }

        @Override
        public String toString() {
            return shown;
        }
    }
}
