package io.vedette.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A worker that is heard of often. */
final class TestWorker implements WorkerSettings, WorkerSettings.Worker {
    @Override
    public Duration heartbeat() {
        return Duration.ofMillis(200);
    }

    @Override
    public Worker worker() {
        return this;
    }

    @Override
    public Optional<String> name() {
        return Optional.of("tester");
    }

    @Override
    public Path scratch() {
        return Path.of("target");
    }

    @Override
    public Duration grace() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Optional<Duration> patience() {
        return Optional.empty();
    }
}
