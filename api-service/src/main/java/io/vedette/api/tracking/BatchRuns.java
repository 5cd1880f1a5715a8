package io.vedette.api.tracking;

import io.vedette.common.event.RunEvent;
import java.time.Instant;

/**
 * Batches, whose runs are told of in the same topic: in the same order as all others, on the same lease clock, and each event
 * once, in the transaction of its offset. What follows for a batch is known to whoever keeps the batches.
 */
public interface BatchRuns {
    /**
     * @param event of a run of kind BATCH
     * @param at when the broker received it
     * @param elapsed on the lease clock, in milliseconds
     */
    void apply(RunEvent event, Instant at, long elapsed);

    /** Time has passed: who was last heard before this, on the lease clock, is lost. */
    void expire(long deadline);
}
