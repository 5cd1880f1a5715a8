package io.vedette.api.tracking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient the api is with workers. All but {@code tick} are times on the lease clock. */
@ConfigMapping(prefix = "vedette")
interface TrackingSettings {
    /** A run that was not heard for this long is lost. */
    @WithDefault("60s")
    Duration lease();

    /** A run that is heard, but whose work does not go on for this long, is called off. */
    @WithDefault("15m")
    Duration stall();

    /** So long may a training take, and again an evaluation, from its start; waiting for a worker does not count. */
    @WithDefault("24h")
    Duration longestRun();

    /** A request that was taken from its topic for this long, and that nobody has begun, is made again. */
    @WithDefault("2m")
    Duration lostDispatch();

    /** How often each api replica pulses the lease clock. */
    @WithDefault("5s")
    Duration tick();
}
