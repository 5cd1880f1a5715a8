package io.vedette.api.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the run events are consumed, and the lease time that their ticks have made pass. Lease time stands still while
 * the broker, the api or the database is down, so that silence of ours is never taken for a worker's.
 *
 * @param nextOffset the next record to apply; older ones were applied already
 * @param elapsed lease time since the beginning, in milliseconds
 * @param lastTick the broker's time of the last tick, if there was one
 * @param lastRecord the broker's time of the youngest record that was applied, where it is known
 */
record LeaseClock(long nextOffset, long elapsed, Optional<Instant> lastTick, Optional<Instant> lastRecord) {
    /** A record that is younger than all that were applied is new, wherever it lies: then its topic was made anew. */
    boolean hasApplied(long offset, Instant at) {
        return offset < nextOffset && lastRecord.filter(at::isAfter).isEmpty();
    }

    LeaseClock applied(long offset, Instant at) {
        Optional<Instant> youngest = lastRecord.filter(at::isBefore).or(() -> Optional.of(at));
        return new LeaseClock(offset + 1, elapsed, lastTick, youngest);
    }

    /**
     * A tick that the broker stamped {@code at}. A broker's clock that goes back makes no time pass.
     *
     * @param tick how often there should be one: never more lease time passes at once than for two of them
     */
    LeaseClock ticked(Instant at, Duration tick) {
        long step = lastTick.map(last -> Duration.between(last, at).toMillis()).orElse(0L);
        long counted = Math.max(0, Math.min(step, 2 * tick.toMillis()));
        return new LeaseClock(nextOffset, elapsed + counted, Optional.of(at), lastRecord);
    }

    /** Who was last heard before this is lost. */
    long deadline(Duration lease) {
        return elapsed - lease.toMillis();
    }
}
