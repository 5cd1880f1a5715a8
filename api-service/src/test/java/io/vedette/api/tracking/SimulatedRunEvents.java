package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.api.tracking.Life.Known;
import io.vedette.persistence.TrackedRun.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The one partition of run events with its broker's clock, which jumps, and what the api makes of both: the lease clock,
 * and who is silent, stands still or takes too long by it. What is right is read off the partition itself.
 */
final class SimulatedRunEvents {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration STALL = Duration.ofSeconds(100);
    private static final Duration LONGEST = Duration.ofSeconds(300);
    /** With a broker whose clock jumps, a tick counts for two at most. */
    private static final int LEAST_SILENCE = (int) (LEASE.toSeconds() / TICK.toSeconds() / 2);

    /** A record; without an event it is a tick. @param beat how often five seconds have truly passed */
    private record Said(
            int offset, int beat, Instant at, Optional<LifeEvent> event, Optional<UUID> run, boolean progress) {
        boolean isOf(UUID other) {
            return run.filter(other::equals).isPresent();
        }
    }

    /** Times on the lease clock. */
    private static final class Times {
        private final long started;
        private long heard;
        private long progressed;

        Times(long now) {
            started = now;
            heard = now;
            progressed = now;
        }
    }

    private final Life[] life;
    private final Consumer<LifeEvent> api;
    private final List<Said> partition = new ArrayList<>();
    private final Map<UUID, Times> times = new HashMap<>();
    private LeaseClock clock = new LeaseClock(0, 0, Optional.empty(), Optional.empty());
    private int consumed;
    private int beats;
    private int jumpedAt = Integer.MIN_VALUE;
    private Duration skew = Duration.ZERO;

    /** @param life the present one, in a holder of one */
    SimulatedRunEvents(Life[] life, Consumer<LifeEvent> api) {
        this.life = life;
        this.api = api;
    }

    void say(UUID run, LifeEvent event, boolean progress) {
        add(Optional.of(event), Optional.of(run), progress);
    }

    /** Five seconds have passed. */
    void tick() {
        beats++;
        add(Optional.empty(), Optional.empty(), false);
    }

    private void add(Optional<LifeEvent> event, Optional<UUID> run, boolean progress) {
        Instant at = Instant.EPOCH.plus(TICK.multipliedBy(beats)).plus(skew);
        partition.add(new Said(partition.size(), beats, at, event, run, progress));
    }

    /** The broker's clock is set. */
    void jump(Duration by) {
        skew = skew.plus(by);
        jumpedAt = beats;
    }

    /** The producer was not told that its record is there, and sends it again. */
    void sayAgain(int back) {
        if (back < partition.size()) {
            Said before = partition.get(partition.size() - 1 - back);
            add(before.event(), before.run(), before.progress());
        }
    }

    boolean hasNews() {
        return consumed < partition.size();
    }

    void consume() {
        apply(partition.get(consumed++));
    }

    /** The consumer begins before where it was: nothing of that may have an effect. */
    void consumeAgain(int which) {
        if (consumed > 0) {
            Life before = life[0];
            apply(partition.get(which % consumed));
            assertThat(life[0]).as("a record is applied once").isSameAs(before);
        }
    }

    /** As {@link RunTracker} does. */
    private void apply(Said record) {
        if (clock.hasApplied(record.offset(), record.at())) {
            return;
        }
        LeaseClock now = record.event().isEmpty() ? clock.ticked(record.at(), TICK) : clock;
        clock = now.applied(record.offset(), record.at());
        if (record.event().isEmpty()) {
            expire(record);
            return;
        }
        api.accept(record.event().get());
        UUID run = record.run().orElseThrow();
        if (life[0].run(run).isPresent()) {
            times.computeIfAbsent(run, first -> new Times(clock.elapsed()));
        }
        if (record.event().get() instanceof LifeEvent.Heard && isRunning(run)) {
            times.get(run).heard = clock.elapsed();
            times.get(run).progressed = record.progress() ? clock.elapsed() : times.get(run).progressed;
        }
    }

    private void expire(Said tick) {
        for (UUID run : running()) {
            if (times.get(run).heard < clock.deadline(LEASE)) {
                assertWasSilent(run, tick);
                api.accept(new LifeEvent.Silent(run));
            }
        }
        for (UUID run : running()) {
            if (times.get(run).progressed < clock.deadline(STALL)) {
                api.accept(new LifeEvent.Stalled(run, "It stands still."));
            }
        }
        for (UUID run : running()) {
            if (times.get(run).started < clock.deadline(LONGEST)) {
                api.accept(new LifeEvent.Overdue(run, "It takes too long."));
            }
        }
    }

    private void assertWasSilent(UUID run, Said tick) {
        Said last = lastHeard(run, tick.offset());
        boolean jumped = jumpedAt >= last.beat();
        assertThat(tick.beat() - last.beat())
                .as("a run whose heartbeats arrive is never lost")
                .isGreaterThanOrEqualTo(jumped ? LEAST_SILENCE : 2 * LEAST_SILENCE);
    }

    /** Its last heartbeat before {@code offset}, or else its beginning; that this is said twice is no heartbeat. */
    private Said lastHeard(UUID run, int offset) {
        Said first = null;
        for (int i = offset; i >= 0; i--) {
            Said record = partition.get(i);
            if (record.isOf(run)) {
                first = record;
                if (record.event().orElseThrow() instanceof LifeEvent.Heard) {
                    return record;
                }
            }
        }
        return first;
    }

    private List<UUID> running() {
        return life[0].runs().stream()
                .filter(run -> run.state() == State.RUNNING)
                .map(Known::runId)
                .toList();
    }

    private boolean isRunning(UUID run) {
        return life[0].run(run).filter(it -> it.state() == State.RUNNING).isPresent();
    }

    /** Who is dead, stands still or takes too long is known to in time, on the lease clock. */
    void check() {
        for (UUID run : running()) {
            Times known = times.get(run);
            assertInTime("the silence of a run", known.heard, LEASE);
            assertInTime("the standstill of a run", known.progressed, STALL);
            assertInTime("the time that a run takes", known.started, LONGEST);
        }
    }

    private void assertInTime(String what, long since, Duration limit) {
        assertThat(clock.elapsed() - since)
                .as(what)
                .isLessThanOrEqualTo(limit.plus(TICK.multipliedBy(2)).toMillis());
    }
}
