package io.vedette.api.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a training is asked to have. */
@ConfigMapping(prefix = "vedette")
interface ModelSettings {
    /** How many labelled images a training needs at least: what the learner can use, or what AWS asked for. */
    @WithDefault("learner")
    Minima minima();
}
