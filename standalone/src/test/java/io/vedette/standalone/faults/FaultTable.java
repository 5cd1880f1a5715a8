package io.vedette.standalone.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What was broken, and what came of it, for people. */
final class FaultTable implements AutoCloseable {
    private final List<Line> lines = new ArrayList<>();

    /**
     * A row that was run.
     *
     * @param jobs models that were asked for
     * @param faults that were injected
     * @param breaches -1 if the row failed before the auditor looked
     */
    record Line(int row, String test, int jobs, int faults, int breaches, double seconds) {
        boolean isRed() {
            return breaches != 0;
        }
    }

    synchronized void add(Line line) {
        lines.add(line);
    }

    /** Prints it; JUnit does so after the last test. */
    @Override
    public synchronized void close() {
        if (lines.isEmpty()) {
            return;
        }
        lines.sort(Comparator.comparingInt(Line::row).thenComparing(Line::test));
        StringBuilder text = new StringBuilder("\nrow  jobs  faults  breaches  seconds\n");
        for (Line line : lines) {
            text.append(String.format(
                    Locale.ROOT,
                    "%3d  %4d  %6d  %8s  %7.1f  %s%s%n",
                    line.row(),
                    line.jobs(),
                    line.faults(),
                    line.breaches() < 0 ? "?" : line.breaches(),
                    line.seconds(),
                    line.test(),
                    line.isRed() ? "  RED" : ""));
        }
        text.append(String.format(
                Locale.ROOT,
                "all  %4d  %6d  %8d  %d red%n",
                lines.stream().mapToInt(Line::jobs).sum(),
                lines.stream().mapToInt(Line::faults).sum(),
                lines.stream().mapToInt(line -> Math.max(0, line.breaches())).sum(),
                lines.stream().filter(Line::isRed).count()));
        System.out.println(text);
    }
}
