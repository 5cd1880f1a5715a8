package io.vedette.standalone.customer;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** What a person watches: one line that changes on a terminal, a line per change elsewhere. */
public final class Progress {
    private final PrintWriter out;
    private final boolean terminal;
    private final Instant start = Instant.now();
    private String last = "";

    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A line that stays. */
    public void line(String text) {
        clear();
        out.println(text);
        out.flush();
        last = "";
    }

    /** Where things stand; repeated calls with the same text only move the clock. */
    public void at(String text) {
        String elapsed = elapsed();
        if (terminal) {
            out.print("\r\u001b[K  " + text + "  " + elapsed);
            out.flush();
        } else if (!text.equals(last)) {
            out.println("  " + text + "  " + elapsed);
            out.flush();
        }
        last = text;
    }

    private void clear() {
        if (terminal && !last.isEmpty()) {
            out.print("\r\u001b[K");
        }
    }

    private String elapsed() {
        Duration since = Duration.between(start, Instant.now());
        return String.format("%d:%02d", since.toMinutes(), since.toSecondsPart());
    }
}
