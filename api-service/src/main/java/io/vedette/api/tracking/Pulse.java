package io.vedette.api.tracking;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether the ticks that this api says in the topic of run events come back to it. */
@Singleton
class Pulse {
    /** One may be cut off between its acknowledgement and its delivery by a broker that goes away. */
    private static final int FEW = 3;

    private final LongSupplier nanos;
    private int unheard;
    private long unheardSince;

    @Inject
    Pulse() {
        this(System::nanoTime);
    }

    Pulse(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The broker has acknowledged a tick of this api. */
    synchronized void said() {
        if (unheard++ == 0) {
            unheardSince = nanos.getAsLong();
        }
    }

    /** A record has come, or is still being applied, or it's another replica to which they come. */
    synchronized void heard() {
        unheard = 0;
    }

    /** How long ticks have been said and nothing was heard. */
    synchronized Duration silence() {
        return unheard < FEW ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - unheardSince);
    }
}
