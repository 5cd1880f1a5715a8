package io.vedette.api.meter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How metrics of the installation are taken. */
@ConfigMapping(prefix = "vedette.meters")
interface MeterSettings {
    /** How often Postgres and Kafka are asked for what the metrics show; a scrape asks neither. */
    @WithDefault("15s")
    Duration every();
}
