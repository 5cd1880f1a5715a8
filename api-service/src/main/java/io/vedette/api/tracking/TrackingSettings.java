package io.vedette.api.tracking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient the api is with workers. */
@ConfigMapping(prefix = "vedette")
interface TrackingSettings {
    /** A run that was not heard for this long, on the lease clock, is lost. */
    @WithDefault("60s")
    Duration lease();

    /** How often each api replica pulses the lease clock. */
    @WithDefault("5s")
    Duration tick();
}
