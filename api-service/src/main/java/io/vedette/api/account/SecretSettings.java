package io.vedette.api.account;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What seals the secrets in the database. From the environment or a secret store only. */
@ConfigMapping(prefix = "vedette.secrets")
interface SecretSettings {
    /** 32 random bytes in base64, such as {@code openssl rand -base64 32} makes. The api does not start without. */
    Optional<String> key();

    /** The key before this one: what it has sealed is sealed anew at the start. For as long as one start after a change. */
    Optional<String> previousKey();
}
