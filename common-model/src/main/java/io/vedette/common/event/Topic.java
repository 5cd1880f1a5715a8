package io.vedette.common.event;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The Kafka topics, with the settings they are created with. A configured prefix goes before the name on shared clusters.
 *
 * <p>The 30 days of the work topics outlive any queue; they are trimmed instead of expired (docs/architecture.md).
 */
public enum Topic {
    TRAINING_REQUESTED("vedette.training.requested", 64, Duration.ofDays(30)),
    MODEL_TRAINED("vedette.model.trained", 64, Duration.ofDays(30)),
    BATCH_REQUESTED("vedette.batch.requested", 16, Duration.ofDays(30)),
    // INVARIANT: one partition, so that run events and ticks have one order and one consumer.
    RUN_EVENTS("vedette.run.events", 1, Duration.ofDays(7)),
    /** Compacted by run id. */
    RUN_CONTROL("vedette.run.control", 1, null),
    LIFECYCLE("vedette.lifecycle", 12, Duration.ofDays(30)),
    DEAD_LETTERS("vedette.dead-letters", 3, Duration.ofDays(90));

    private final String suffix;
    private final int partitions;
    private final Duration retention;

    Topic(String suffix, int partitions, Duration retention) {
        this.suffix = suffix;
        this.partitions = partitions;
        this.retention = retention;
    }

    /** The topic's name without any prefix. */
    public String suffix() {
        return suffix;
    }

    public int partitions() {
        return partitions;
    }

    /** How long records are kept; empty for a compacted topic. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(retention);
    }

    /** @throws IllegalArgumentException if no topic has this name */
    public static Topic ofSuffix(String suffix) {
        return Arrays.stream(values())
                .filter(topic -> topic.suffix.equals(suffix))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such topic: " + suffix));
    }
}
