package io.vedette.api.meter;

import io.vedette.common.ModelStatus;
import io.vedette.persistence.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How things stand in Postgres at a moment.
 *
 * @param outbox rows that wait to be sent
 * @param parked rows of the outbox that can never be sent
 * @param training models in TRAINING, by where they stand
 * @param lastTick when the lease clock last moved, or null
 */
record Standing(
        Queue outbox,
        long parked,
        Map<ModelStatus, Long> models,
        Map<Phase, Queue> training,
        Queue imports,
        Queue batches,
        Instant lastTick) {

    /** Nothing is known. */
    static final Standing UNKNOWN =
            new Standing(Queue.UNKNOWN, -1, Map.of(), new EnumMap<>(Phase.class), Queue.UNKNOWN, Queue.UNKNOWN, null);

    /** @param length -1 if it is not known @param oldest since when the oldest waits, or null if none does */
    record Queue(long length, Instant oldest) {
        static final Queue UNKNOWN = new Queue(-1, null);
        static final Queue EMPTY = new Queue(0, null);

        double count() {
            return length < 0 ? Double.NaN : length;
        }

        /** In seconds, 0 where nothing waits. */
        double age() {
            return length < 0 ? Double.NaN : oldest == null ? 0 : seconds(oldest);
        }
    }

    boolean isKnown() {
        return parked >= 0;
    }

    double models(ModelStatus status) {
        return isKnown() ? models.getOrDefault(status, 0L) : Double.NaN;
    }

    Queue training(Phase phase) {
        return isKnown() ? training.getOrDefault(phase, Queue.EMPTY) : Queue.UNKNOWN;
    }

    double tickAge() {
        return lastTick == null ? Double.NaN : seconds(lastTick);
    }

    private static double seconds(Instant since) {
        return Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1000.0);
    }
}
