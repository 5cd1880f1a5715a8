package io.vedette.standalone.faults;

import io.vedette.standalone.faults.Evidence.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lease clock, told anew from the run events: the broker's time between ticks, at most that of two ticks a step. */
final class LeaseReplay {
    /** Lease time in milliseconds, by the broker's time of the tick that made it so. */
    private final TreeMap<Long, Long> elapsed = new TreeMap<>();
    /** When each run was heard, on the broker's clock. */
    private final Map<String, List<Long>> heard = new HashMap<>();

    /** @param tick how often the api ticks */
    LeaseReplay(List<Seen> runEvents, Duration tick) {
        long now = 0;
        long lastTick = -1;
        for (Seen event : runEvents) {
            if (event.type().equals("Tick")) {
                long step = lastTick < 0 ? 0 : event.at() - lastTick;
                now += Math.max(0, Math.min(step, 2 * tick.toMillis()));
                lastTick = event.at();
                elapsed.put(event.at(), now);
            } else {
                String run = event.json().path("run").path("runId").asText();
                heard.computeIfAbsent(run, first -> new ArrayList<>()).add(event.at());
            }
        }
    }

    /** @param at on the broker's clock */
    long elapsed(long at) {
        return elapsed.floorEntry(at) == null ? 0 : elapsed.floorEntry(at).getValue();
    }

    /** On the broker's clock; -1 if the run was not heard by then. */
    long lastHeard(String run, long until) {
        return heard.getOrDefault(run, List.of()).stream()
                .filter(at -> at <= until)
                .mapToLong(Long::longValue)
                .max()
                .orElse(-1);
    }
}
