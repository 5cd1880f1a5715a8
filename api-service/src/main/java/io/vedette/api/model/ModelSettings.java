package io.vedette.api.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a training is asked to have. */
@ConfigMapping(prefix = "vedette")
interface ModelSettings {
    /** How many labelled images a training needs at least: what the learner can use, or what AWS asked for. */
    @WithDefault("learner")
    Minima minima();

    Leftovers leftovers();

    interface Leftovers {
        /** How old a file must be that no model needs, before it is removed from the service's own bucket. */
        @WithDefault("24h")
        Duration after();
    }
}
