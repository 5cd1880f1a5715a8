package io.vedette.api.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The first account and its key. */
@ConfigMapping(prefix = "vedette.root")
interface RootSettings {
    /** Twelve digits. */
    @WithDefault("000000000001")
    String account();

    /** The first key; without it only the keys that Postgres has already can call. */
    Optional<String> accessKeyId();

    /** Its secret. From the environment only. */
    Optional<String> secretAccessKey();
}
