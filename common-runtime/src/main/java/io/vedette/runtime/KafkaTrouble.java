package io.vedette.runtime;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What keeps us from Kafka, in one line for whoever has to mend it. */
final class KafkaTrouble {
    private static final String SETTING = " (vedette.kafka.bootstrap-servers)";

    private KafkaTrouble() {}

    /** The same failure with another message. */
    static KafkaException explained(KafkaException failure, String servers) {
        return new KafkaException(sentence(failure, servers), failure);
    }

    private static String sentence(KafkaException failure, String servers) {
        String at = "Kafka at " + servers + SETTING;
        if (has(failure, ConfigException.class::isInstance)) {
            return at + " cannot be reached: " + root(failure).getMessage() + ". Mend the address or the name service.";
        }
        if (has(failure, SaslAuthenticationException.class::isInstance)) {
            return at + " refused our user or password (" + root(failure).getMessage() + "). Mend them.";
        }
        if (has(failure, SslAuthenticationException.class::isInstance)) {
            return at + " and we do not trust each other (" + root(failure).getMessage() + "). Mend the certificates.";
        }
        if (has(failure, AuthorizationException.class::isInstance)) {
            return at + " does not allow it (" + root(failure).getMessage() + "). Grant it to our user.";
        }
        if (has(failure, UnsupportedVersionException.class::isInstance)) {
            return at + " is too old (" + root(failure).getMessage() + "). Vedette needs Apache Kafka 2.4 or later.";
        }
        boolean silent = failure.getCause() instanceof java.util.concurrent.TimeoutException
                || has(failure, TimeoutException.class::isInstance);
        return silent
                ? at + " does not answer. Mend the address, or start the broker."
                : at + " failed: " + root(failure).getMessage();
    }

    private static boolean has(Throwable failure, Predicate<Throwable> kind) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(kind);
    }

    private static Throwable root(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .reduce((outer, inner) -> inner)
                .orElse(failure);
    }
}
