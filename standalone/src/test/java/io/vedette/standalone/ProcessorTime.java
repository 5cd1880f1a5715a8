package io.vedette.standalone;

import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.RunningStack.PartState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the parts of a stack, and this process, have taken of the processors so far: milliseconds by name. */
record ProcessorTime(Map<String, Long> millis) {
    // USER_HZ, which is 100 on every Linux that Java runs on.
    private static final int MILLIS_A_TICK = 10;
    private static final int FIRST_TIME = 11;

    static ProcessorTime of(RunningStack stack) {
        Map<String, Long> millis = new LinkedHashMap<>();
        millis.put("client", millis(ProcessHandle.current()));
        for (PartState part : stack.parts()) {
            part.pid()
                    .flatMap(ProcessHandle::of)
                    .ifPresent(process -> millis.put(
                            part.name(),
                            millis(process)
                                    + process.descendants()
                                            .mapToLong(ProcessorTime::millis)
                                            .sum()));
        }
        return new ProcessorTime(millis);
    }

    /** Microseconds for each of so many calls since an earlier moment. */
    String since(ProcessorTime earlier, int calls) {
        return millis.entrySet().stream()
                .map(part -> part.getKey() + " "
                        + (part.getValue() - earlier.millis().getOrDefault(part.getKey(), 0L)) * 1000 / calls)
                .collect(Collectors.joining(", "));
    }

    // With that of children that have ended and were waited for.
    private static long millis(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = FIRST_TIME; i < FIRST_TIME + 4; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks * MILLIS_A_TICK;
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }
}
