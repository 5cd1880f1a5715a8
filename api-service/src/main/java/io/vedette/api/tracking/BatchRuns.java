package io.vedette.api.tracking;

import io.vedette.common.event.RunEvent;
import java.time.Instant;
import java.util.List;

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

    /**
     * Time has passed: who is heard, but has come no further since this, on the lease clock, is called off.
     *
     * @param patience how long that is, in words
     */
    void stall(long deadline, String patience);

    /** The requests that wait on their topic, as far as it is known where they lie. */
    List<Request> waiting();

    /** The request was lost from its topic: it is made again, if it still waits. */
    void again(Request lost);
}
