package io.vedette.runtime;

import io.vedette.common.event.WorkEvent;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One piece of long work, as the code that does it sees it, in whatever process it does it.
 *
 * @param <W> the request
 */
public interface Work<W extends WorkEvent> {
    W request();

    /** The run's id. */
    UUID id();

    /**
     * Notes how far the work is. To be called at every step, however short.
     *
     * @param phase what is being done, in words for people
     * @param done units finished; within a phase it never falls
     * @throws RunStopped if the work is to stop here
     */
    void progress(String phase, long done, long total);

    /** Asks the object store, patiently: while it is unavailable, again and again for five minutes. */
    <T> T patiently(Supplier<T> request);

    /** As {@link #patiently(Supplier)}, for requests without an answer. */
    default void patiently(Runnable request) {
        patiently(() -> {
            request.run();
            return true;
        });
    }
}
