package io.vedette.api.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The quotas of accounts that have none of their own. */
@ConfigMapping(prefix = "vedette")
interface QuotaSettings {
    /**
     * {@code unlimited}, or {@code aws}: 2 trainings at a time per account and region, and 5 requests a second per
     * account and operation, DetectAnomalies excepted (specification §8.1). An account's own figures win.
     */
    @WithDefault("unlimited")
    Preset quotas();

    /** Figures; 0 for no limit. */
    enum Preset {
        UNLIMITED(0, 0),
        AWS(2, 5);

        private final int trainings;
        private final int requestsPerSecond;

        Preset(int trainings, int requestsPerSecond) {
            this.trainings = trainings;
            this.requestsPerSecond = requestsPerSecond;
        }

        int trainings() {
            return trainings;
        }

        int requestsPerSecond() {
            return requestsPerSecond;
        }
    }
}
