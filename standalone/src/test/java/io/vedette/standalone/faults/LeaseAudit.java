package io.vedette.standalone.faults;

import io.vedette.common.event.Topic;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * I7 and I8: who was taken for lost, whatever became of him then, had been silent for a lease; and what was lost went on
 * soon, unless he spoke again before.
 */
final class LeaseAudit {
    private LeaseAudit() {}

    static List<Breach> of(Evidence evidence, FaultStack stack) {
        List<Breach> found = new ArrayList<>();
        LeaseReplay clock = new LeaseReplay(evidence.on(Topic.RUN_EVENTS), stack.tick());
        long lease = stack.lease().toMillis();
        for (Map<String, Object> run : evidence.runs) {
            if (run.get("lost_at") == null) {
                continue;
            }
            String id = run.get("run_id").toString();
            long lostAt = ((Timestamp) run.get("lost_at")).getTime();
            long heardAt = clock.lastHeard(id, lostAt);
            long silence = clock.elapsed(lostAt) - clock.elapsed(heardAt);
            if (silence < lease) {
                breach(found, 7, "the run " + id + " was taken for lost after " + silence + " ms of silence");
            }
            Optional<Long> movedAt = movedOn(evidence, run, lostAt);
            if (clock.lastHeard(id, movedAt.orElse(Long.MAX_VALUE)) > lostAt) {
                continue; // it was not dead, and went on before anybody had taken its place
            }
            if (movedAt.isEmpty()) {
                breach(found, 8, "the run " + id + " was lost, and its model was left");
            } else if (clock.elapsed(movedAt.get()) - clock.elapsed(heardAt) > lease * 3 / 2 + 2000) {
                breach(
                        found,
                        8,
                        "the run " + id + " was lost, and its model waited for "
                                + (clock.elapsed(movedAt.get()) - clock.elapsed(heardAt)) + " ms");
            }
        }
        return found;
    }

    private static void breach(List<Breach> found, int invariant, String what) {
        found.add(new Breach(invariant, what));
    }

    /** When the model went on after it had lost this run: 0 if another had done so before. */
    private static Optional<Long> movedOn(Evidence evidence, Map<String, Object> run, long lostAt) {
        List<Map<String, Object>> steps = evidence.history.stream()
                .filter(step -> step.get("model_id").equals(run.get("model_id")))
                .toList();
        boolean before = steps.stream()
                .anyMatch(step -> at(step) < lostAt
                        && (step.get("phase") == null
                                || run.get("kind").equals("TRAINING")
                                        && step.get("phase").toString().startsWith("EVALUAT")
                                || (step.get("attempt") instanceof Integer attempt
                                        && attempt > (Integer) run.get("attempt"))));
        return before
                ? Optional.of(0L)
                : steps.stream().map(LeaseAudit::at).filter(at -> at >= lostAt).findFirst();
    }

    private static long at(Map<String, Object> step) {
        return ((Timestamp) step.get("at")).getTime();
    }
}
