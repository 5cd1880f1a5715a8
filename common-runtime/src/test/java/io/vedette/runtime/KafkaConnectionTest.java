package io.vedette.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real broker that speaks TLS and asks who is there. */
@Timeout(60)
class KafkaConnectionTest {
    @Test
    void theBrokerIsReachedWithScramBehindAnAuthorityOfTheOperatorsOwn() {
        new Topics(secure(Map.of("topic-prefix", "scram.", "sasl.password", TestBroker.SCRAM_PASSWORD))).ensure();
        assertThat(TestBroker.records("scram.vedette.lifecycle")).isEmpty();
    }

    @Test
    void theBrokerIsReachedWithAPlainPasswordWhateverItsCharacters() {
        new Topics(secure(Map.of(
                        "topic-prefix",
                        "plain.",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.password",
                        TestBroker.PLAIN_PASSWORD)))
                .ensure();
        assertThat(TestBroker.records("plain.vedette.lifecycle")).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefused() {
        Topics topics = new Topics(secure(Map.of("sasl.password", "wrong")));
        assertThatThrownBy(topics::ensure)
                .hasMessageContaining("refused our user or password")
                .hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void aBrokerThatNoTrustedAuthorityHasSignedIsNotTalkedTo() {
        String other = TestCertificate.make().pem().toString();
        Topics topics = new Topics(secure(Map.of("sasl.password", TestBroker.SCRAM_PASSWORD, "tls.ca", other)));
        assertThatThrownBy(topics::ensure)
                .hasMessageContaining("we do not trust each other")
                .hasCauseInstanceOf(SslAuthenticationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.mechanism | GSSAPI | vedette.kafka.sasl.mechanism is SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN, not GSSAPI.",
                "sasl.username | '' | vedette.kafka.security-protocol is SASL_SSL: set vedette.kafka.sasl.username and vedette.kafka.sasl.password, too.",
                "tls.ca | none.pem | vedette.kafka.tls.ca names none.pem, which cannot be read.",
                "tls.key | none.pem | Set both vedette.kafka.tls.certificate and vedette.kafka.tls.key, or none of them.",
            })
    void aWrongSettingIsNamed(String key, String value, String sentence) {
        KafkaSettings settings = secure(Map.of("sasl.password", "secret", key, value));
        assertThatThrownBy(() -> new Topics(settings)).hasMessage(sentence);
    }

    private static KafkaSettings secure(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap-servers",
                TestBroker.secureAddress(),
                "security-protocol",
                "SASL_SSL",
                "sasl.username",
                TestBroker.USER,
                "tls.ca",
                TestBroker.certificate().pem().toString()));
        settings.putAll(more);
        return TestBroker.settings(settings);
    }
}
