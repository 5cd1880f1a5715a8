package io.vedette.api.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.vedette.api.tracking.RunEnded;
import io.vedette.api.tracking.RunHeard;
import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.RunProgressed;
import io.vedette.common.event.RunEvent.RunStarted;
import io.vedette.persistence.TrackedRun.State;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many runs (attempts) ended, and how; how long they and their phases took. Each is counted once, by the replica that
 * has applied it: to be summed over replicas. Here and not in the workers, which may end with their only run. Of a run that
 * began before this replica did, no time is told.
 */
@Singleton
class RunMeters {
    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(24)
    };

    private final MeterRegistry meters;
    private final Map<UUID, Open> open = new ConcurrentHashMap<>();

    RunMeters(MeterRegistry meters) {
        this.meters = meters;
        for (Kind kind : Kind.values()) {
            for (State outcome : State.values()) {
                if (outcome != State.RUNNING) {
                    ended(kind, outcome);
                }
            }
        }
    }

    /** So that there are numbers before anything has happened. */
    void start(@Observes StartupEvent started) {}

    /** @param phase null before the first */
    private record Open(Kind kind, Instant began, String phase, Instant phaseBegan) {}

    void heard(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunHeard heard) {
        UUID run = heard.event().run().runId();
        if (heard.event() instanceof RunStarted) {
            open.put(run, new Open(heard.event().run().kind(), heard.at(), null, heard.at()));
        } else if (heard.event() instanceof RunProgressed progressed) {
            open.computeIfPresent(run, (id, before) -> inPhase(before, progressed.phase(), heard.at()));
        }
    }

    void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunEnded end) {
        ended(end.kind(), end.state()).increment();
        Open before = open.remove(end.runId());
        if (before != null) {
            inPhase(before, null, end.at());
            time(
                    "vedette.run",
                    Tags.of("kind", name(end.kind()), "outcome", name(end.state())),
                    before.began(),
                    end.at());
        }
    }

    private Open inPhase(Open before, String phase, Instant at) {
        if (before.phase() != null && before.phase().equals(phase)) {
            return before;
        }
        if (before.phase() != null) {
            Tags tags =
                    Tags.of("kind", name(before.kind()), "phase", before.phase().toLowerCase(Locale.ROOT));
            time("vedette.phase", tags, before.phaseBegan(), at);
        }
        return new Open(before.kind(), before.began(), phase, at);
    }

    private Counter ended(Kind kind, State outcome) {
        return meters.counter("vedette.runs", "kind", name(kind), "outcome", name(outcome));
    }

    private void time(String name, Tags tags, Instant from, Instant to) {
        Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(Duration.between(from, to));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
