package io.vedette.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How Kafka is reached, and how its topics are created. */
@ConfigMapping(prefix = "vedette.kafka")
public interface KafkaSettings {
    /** {@code HOST:PORT}, separated by commas. */
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    /** Goes before every topic and consumer group name, for shared clusters. */
    Optional<String> topicPrefix();

    /** A member of a consumer group that is not heard for this long is dead, and another takes its place. */
    @WithDefault("15000")
    int sessionTimeoutMillis();

    /** Replicas of a topic that is created; -1 leaves it to the broker. */
    @WithDefault("-1")
    short replicationFactor();
}
