package io.vedette.api.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/** The connections to Postgres that callers may use: three of four, the rest is kept for what the api does by itself. */
@Singleton
class CallPlaces {
    private final Semaphore free;

    CallPlaces(Settings settings) {
        int kept = Math.max(1, settings.connections() / 4);
        this.free = new Semaphore(Math.max(1, settings.connections() - kept), true);
    }

    /** The pool of connections. */
    @ConfigMapping(prefix = "vedette.postgres")
    interface Settings {
        /** How many each api replica has. */
        @WithDefault("16")
        int connections();
    }

    /** One for each connection that callers may use and do not. */
    Semaphore free() {
        return free;
    }
}
