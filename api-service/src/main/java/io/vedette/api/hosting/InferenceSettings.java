package io.vedette.api.hosting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How the inference service is reached. */
@ConfigMapping(prefix = "vedette.inference")
interface InferenceSettings {
    /** Of one replica, or of what stands before several. */
    @WithDefault("http://127.0.0.1:8081")
    URI url();

    /** What the inference service was given too. */
    Optional<String> secret();

    /** How long a detection waits for a service that cannot be reached, before the caller is told to try again. */
    @WithDefault("15s")
    Duration patience();

    /** How long a detection may take altogether. */
    @WithDefault("60s")
    Duration timeout();

    /** How long a model may take to be hosted while the service or the store cannot be reached; then its hosting has failed. */
    @WithDefault("5m")
    Duration startPatience();

    /** How long fewer inference units must have been enough before a model has fewer; never below its Min. */
    @WithDefault("5m")
    Duration scaleDownAfter();

    /** Detections of this replica at once, whatever the models; the next one is told to try again. */
    @WithDefault("128")
    int mostCalls();
}
