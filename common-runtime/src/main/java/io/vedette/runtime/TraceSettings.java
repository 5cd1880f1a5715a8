package io.vedette.runtime;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where traces go. */
@ConfigMapping(prefix = "vedette.traces")
public interface TraceSettings {
    /** A collector that takes OpenTelemetry's OTLP over HTTP, such as {@code http://collector:4318}; none where empty. */
    Optional<URI> endpoint();
}
