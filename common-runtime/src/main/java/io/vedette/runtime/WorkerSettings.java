package io.vedette.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How a worker behaves; its name and scratch space. */
@ConfigMapping(prefix = "vedette")
public interface WorkerSettings {
    /** A working worker is heard of this often, or sooner. */
    @WithDefault("10s")
    Duration heartbeat();

    Worker worker();

    interface Worker {
        /** What people call this worker; host name and process id where empty. */
        Optional<String> name();

        /** Where the files of a run lie while it lasts. */
        @WithDefault("${java.io.tmpdir}")
        Path scratch();

        /** How long a worker that is told to stop may take to reach the next step of its work. */
        @WithDefault("12s")
        Duration grace();

        /** How long a worker that was started with {@code --once} waits for work before it leaves; for ever where empty. */
        Optional<Duration> patience();
    }
}
