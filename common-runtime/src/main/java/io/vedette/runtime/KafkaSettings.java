package io.vedette.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** How Kafka is reached, how it and this service prove who they are, and how its topics are created. */
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

    /** {@code PLAINTEXT}, {@code SSL}, {@code SASL_PLAINTEXT} or {@code SASL_SSL}. */
    @WithDefault("PLAINTEXT")
    SecurityProtocol securityProtocol();

    Sasl sasl();

    Tls tls();

    /** Who this service is, where the protocol is SASL's. */
    interface Sasl {
        /** {@code SCRAM-SHA-512}, {@code SCRAM-SHA-256} or {@code PLAIN}. */
        @WithDefault("SCRAM-SHA-512")
        String mechanism();

        Optional<String> username();

        Optional<String> password();
    }

    /** PEM files; the JVM's own certificate authorities count where {@link #ca()} is empty. */
    interface Tls {
        /** The certificate authorities that may sign the brokers' certificates; no others may. */
        Optional<Path> ca();

        /** This service's own certificate, for brokers that ask for one. */
        Optional<Path> certificate();

        /** The certificate's key (PKCS #8, not encrypted). */
        Optional<Path> key();
    }
}
