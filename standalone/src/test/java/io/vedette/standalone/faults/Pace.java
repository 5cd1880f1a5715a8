package io.vedette.standalone.faults;

import static org.awaitility.Awaitility.await;

import io.vedette.standalone.Database;
import java.lang.management.ManagementFactory;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When the models of a project were asked for, when their trainings began, and how many wait. */
final class Pace {
    static final String UNSETTLED = "select count(*) from model where project_name = ? and status = 'TRAINING'";
    private static final String PHASE = UNSETTLED + " and phase = ?";
    private static final String STARTS = "select version, min(started_at) as at from run join model using (model_id)"
            + " where kind = 'TRAINING' and project_name = ? group by version order by at";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Scene scene;
    private final Map<Integer, Instant> asked = new ConcurrentHashMap<>();
    private final Instant begun = Instant.now();

    Pace(Scene scene) {
        this.scene = scene;
    }

    /** As {@link Scene#ask}. */
    String ask() {
        Instant at = Instant.now();
        String version = scene.ask();
        asked.put(Integer.valueOf(version), at);
        return version;
    }

    /** From before the call, in milliseconds, of those that were asked for here. */
    Spread untilStarted() {
        return Spread.of(starts().stream()
                .map(start ->
                        Duration.between(asked.get(version(start)), at(start)).toNanos() / 1e6)
                .toList());
    }

    /** From the first start of those that were asked for here to the last. */
    double startsPerSecond() {
        List<Map<String, Object>> starts = starts();
        Instant last = at(starts.get(starts.size() - 1));
        return (starts.size() - 1)
                * 1e3
                / Duration.between(at(starts.get(0)), last).toMillis();
    }

    private List<Map<String, Object>> starts() {
        return database().rows(STARTS, scene.name()).stream()
                .filter(start -> asked.containsKey(version(start)))
                .toList();
    }

    private static Integer version(Map<String, Object> row) {
        return (Integer) row.get("version");
    }

    private static Instant at(Map<String, Object> row) {
        return ((Timestamp) row.get("at")).toInstant();
    }

    void header() {
        System.out.println(
                "| after, s | accepted | wait for a trainer | wait for an evaluator | events not sent | load |");
    }

    void row() {
        System.out.printf(
                "| %d | %d | %d | %d | %d | %s |%n",
                Duration.between(begun, Instant.now()).toSeconds(),
                asked.size(),
                database().number(PHASE, scene.name(), "QUEUED"),
                database().number(PHASE, scene.name(), "EVALUATION_QUEUED"),
                database().number("select count(*) from outbox where published_at is null"),
                load());
    }

    /** Waits for the first training that begins from now on. */
    void recovery(String server) {
        Instant healed = Instant.now();
        await("a start after the outage of " + server)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> starts().stream().anyMatch(start -> at(start).isAfter(healed)));
        Instant seen = Instant.now();
        Instant first = starts().stream()
                .map(Pace::at)
                .filter(at -> at.isAfter(healed))
                .findFirst()
                .orElseThrow();
        System.out.printf(
                "%s is back: the next training begins after %.1f s, the api knows after %.1f s; %d of %d models queued, load %s%n",
                server,
                Duration.between(healed, first).toMillis() / 1e3,
                Duration.between(healed, seen).toMillis() / 1e3,
                database().number(PHASE, scene.name(), "QUEUED"),
                asked.size(),
                load());
    }

    /** The worker that trains this model. */
    static Optional<Long> pid(Scene scene, String version) {
        return scene
                .database()
                .rows(
                        "select worker from run join model using (model_id) where project_name = ? and version = ?"
                                + " and state = 'RUNNING'",
                        scene.name(),
                        Integer.valueOf(version))
                .stream()
                .map(run -> run.get("worker").toString())
                .map(worker -> Long.valueOf(worker.substring(worker.lastIndexOf('/') + 1)))
                .findFirst();
    }

    /** Waits for it. @return seconds from then to its start */
    static double secondAttempt(Scene scene, String version, Instant then) {
        Object at = await("attempt 2 of " + version)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> scene.database()
                                .rows(
                                        "select max(started_at) as at from run join model using (model_id)"
                                                + " where project_name = ? and version = ? and run.attempt = 2",
                                        scene.name(),
                                        Integer.valueOf(version))
                                .get(0)
                                .get("at"),
                        start -> start != null);
        return Math.round(Duration.between(then, ((Timestamp) at).toInstant()).toMillis() / 100.0) / 10.0;
    }

    /** Of the last minute, as the system says. */
    static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private Database database() {
        return scene.database();
    }
}
