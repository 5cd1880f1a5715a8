package io.vedette.standalone.faults;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which trainer worked at what, and when: told from Kafka's records, in milliseconds of the broker's clock. */
final class Timetable {
    private final List<Turn> turns = new ArrayList<>();

    /** One training. @param queued when its request came to the topic */
    record Turn(String worker, String model, long queued, long started, long ended) {}

    /** From the end of a trainer's training to the begin of its next. @param wasted so long of it another training waited */
    record Gap(String worker, long from, long to, long wasted) {}

    private Timetable(Evidence evidence, String models) {
        Map<String, Long> queued = new HashMap<>();
        Map<String, Long> ended = new HashMap<>();
        for (Seen request : evidence.on(Topic.TRAINING_REQUESTED)) {
            queued.putIfAbsent(request.key(), request.at());
        }
        List<Seen> events = evidence.on(Topic.RUN_EVENTS);
        for (Seen event : events) {
            if (event.type().equals("RunFinished")) {
                ended.put(run(event), event.at());
            }
        }
        for (Seen event : events) {
            String model = event.json().at("/run/modelArn").asText();
            boolean training = event.json().at("/run/kind").asText().equals("TRAINING");
            if (event.type().equals("RunStarted") && training && model.startsWith(models)) {
                turns.add(new Turn(
                        event.json().path("worker").asText(),
                        model,
                        queued.get(model),
                        event.at(),
                        ended.getOrDefault(run(event), Long.MAX_VALUE)));
            }
        }
        turns.sort(Comparator.comparingLong(Turn::started));
    }

    /** @param models what their ARNs begin with */
    static Timetable of(Evidence evidence, String models) {
        return new Timetable(evidence, models);
    }

    /** In the order of their begin. */
    List<Turn> turns() {
        return turns;
    }

    Map<String, List<Turn>> byWorker() {
        Map<String, List<Turn>> workers = new TreeMap<>();
        turns.forEach(turn -> workers.computeIfAbsent(turn.worker(), first -> new ArrayList<>())
                .add(turn));
        return workers;
    }

    /** The first of each trainer is from the first request on. */
    List<Gap> gaps() {
        long begin = turns.stream().mapToLong(Turn::queued).min().orElseThrow();
        List<Gap> gaps = new ArrayList<>();
        byWorker().forEach((worker, own) -> {
            long free = begin;
            for (Turn turn : own) {
                gaps.add(new Gap(worker, free, turn.started(), wasted(free, turn.started())));
                free = turn.ended();
            }
            gaps.add(new Gap(worker, free, Long.MAX_VALUE, wasted(free, Long.MAX_VALUE)));
        });
        return gaps;
    }

    /** For how long of this time some training waited. */
    private long wasted(long from, long to) {
        long wasted = 0;
        long upTo = from;
        for (Turn turn :
                turns.stream().sorted(Comparator.comparingLong(Turn::queued)).toList()) {
            long begin = Math.max(turn.queued(), upTo);
            long end = Math.min(turn.started(), to);
            if (end > begin) {
                wasted += end - begin;
                upTo = end;
            }
        }
        return wasted;
    }

    void print() {
        long begin = turns.stream().mapToLong(Turn::queued).min().orElseThrow();
        System.out.println("| trainer | model | waited, s | from, s | to, s |");
        turns.forEach(turn -> System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.2f |%n",
                turn.worker(),
                turn.model().substring(turn.model().indexOf('/') + 1),
                (turn.started() - turn.queued()) / 1e3,
                (turn.started() - begin) / 1e3,
                (turn.ended() - begin) / 1e3));
        System.out.println("idle while another training waited, ms: "
                + gaps().stream().map(Gap::wasted).toList());
    }

    private static String run(Seen event) {
        return event.json().at("/run/runId").asText();
    }
}
