package io.vedette.api.kafka;

import io.smallrye.common.annotation.Identifier;
import io.vedette.runtime.KafkaConnection;
import io.vedette.runtime.KafkaSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** The messaging channels reach the broker as every other Kafka client of this service does. */
@Singleton
final class BrokerConnection {
    /** The connector takes what has this name for every channel. */
    @Produces
    @Singleton
    @Identifier("default-kafka-broker")
    Map<String, Object> settings(KafkaSettings settings) {
        return KafkaConnection.of(settings);
    }
}
