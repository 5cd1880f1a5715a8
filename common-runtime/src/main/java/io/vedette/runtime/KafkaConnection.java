package io.vedette.runtime;

import io.vedette.runtime.KafkaSettings.Sasl;
import io.vedette.runtime.KafkaSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** What every Kafka client of this service is given: where the brokers are, and how both sides prove who they are. */
public final class KafkaConnection {
    private static final String PEM = "PEM";

    private KafkaConnection() {}

    /**
     * A new map of Kafka's own properties.
     *
     * @throws IllegalArgumentException if settings are missing or contradict each other, with a sentence that names them
     */
    public static Map<String, Object> of(KafkaSettings settings) {
        SecurityProtocol protocol = settings.securityProtocol();
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name());
        if (protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL) {
            properties.put(SaslConfigs.SASL_MECHANISM, settings.sasl().mechanism());
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, login(protocol, settings.sasl()));
        }
        if (protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL) {
            addCertificates(properties, settings.tls());
        }
        return properties;
    }

    /** The same, for a producer that waits for no other record, and for the acknowledgement of all replicas. */
    public static Map<String, Object> ofProducer(KafkaSettings settings) {
        Map<String, Object> properties = of(settings);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return properties;
    }

    private static String login(SecurityProtocol protocol, Sasl sasl) {
        if (sasl.username().isEmpty() || sasl.password().isEmpty()) {
            throw new IllegalArgumentException("vedette.kafka.security-protocol is " + protocol
                    + ": set vedette.kafka.sasl.username and vedette.kafka.sasl.password, too.");
        }
        String module = switch (sasl.mechanism()) {
            case "PLAIN" -> PlainLoginModule.class.getName();
            case "SCRAM-SHA-256", "SCRAM-SHA-512" -> ScramLoginModule.class.getName();
            default ->
                throw new IllegalArgumentException(
                        "vedette.kafka.sasl.mechanism is SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN, not " + sasl.mechanism()
                                + ".");
        };
        return module + " required username=" + quoted(sasl.username().get()) + " password="
                + quoted(sasl.password().get()) + ";";
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void addCertificates(Map<String, Object> properties, Tls tls) {
        tls.ca().ifPresent(ca -> {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, content("vedette.kafka.tls.ca", ca));
        });
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            throw new IllegalArgumentException(
                    "Set both vedette.kafka.tls.certificate and vedette.kafka.tls.key, or none of them.");
        }
        Optional<String> key = tls.key().map(file -> content("vedette.kafka.tls.key", file));
        tls.certificate().ifPresent(certificate -> {
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            properties.put(
                    SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
                    content("vedette.kafka.tls.certificate", certificate));
            properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, key.orElseThrow());
        });
    }

    private static String content(String setting, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(setting + " names " + file + ", which cannot be read.", unreadable);
        }
    }
}
