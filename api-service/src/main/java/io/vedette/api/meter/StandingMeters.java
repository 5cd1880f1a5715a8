package io.vedette.api.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vedette.common.ModelStatus;
import io.vedette.persistence.Phase;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How things stand in Postgres, as gauges; NaN while Postgres does not answer. Every replica of the api shows the same. */
@Singleton
class StandingMeters {
    private final Standings standings;
    private final MeterRegistry meters;
    private volatile Standing present = Standing.UNKNOWN;

    StandingMeters(Standings standings, MeterRegistry meters) {
        this.standings = standings;
        this.meters = meters;
        gauge(
                "vedette.outbox.pending",
                "rows",
                Tags.empty(),
                now -> now.outbox().count());
        gauge(
                "vedette.outbox.oldest",
                "seconds",
                Tags.empty(),
                now -> now.outbox().age());
        gauge("vedette.outbox.parked", "rows", Tags.empty(), now -> now.isKnown() ? now.parked() : Double.NaN);
        for (ModelStatus status : ModelStatus.values()) {
            gauge("vedette.models", null, Tags.of("status", status.name()), now -> now.models(status));
        }
        for (Phase phase : Phase.values()) {
            Tags tags = Tags.of("phase", phase.name().toLowerCase(Locale.ROOT));
            gauge(
                    "vedette.training.models",
                    null,
                    tags,
                    now -> now.training(phase).count());
            gauge(
                    "vedette.training.oldest",
                    "seconds",
                    tags,
                    now -> now.training(phase).age());
        }
        gauge(
                "vedette.imports.pending",
                null,
                Tags.empty(),
                now -> now.imports().count());
        gauge(
                "vedette.imports.oldest",
                "seconds",
                Tags.empty(),
                now -> now.imports().age());
        gauge("vedette.batches.queued", null, Tags.empty(), now -> now.batches().count());
        gauge(
                "vedette.batches.oldest",
                "seconds",
                Tags.empty(),
                now -> now.batches().age());
        gauge("vedette.tracking.last.tick", "seconds", Tags.empty(), Standing::tickAge);
    }

    @Scheduled(every = "${vedette.meters.every:15s}", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        try {
            present = standings.now();
        } catch (RuntimeException unavailable) {
            present = Standing.UNKNOWN;
            Log.debugf("could not ask how things stand: %s", unavailable.getMessage());
        }
    }

    private void gauge(String name, String unit, Tags tags, ToDoubleFunction<Standing> value) {
        Gauge.builder(name, this, self -> value.applyAsDouble(self.present))
                .baseUnit(unit)
                .tags(tags)
                .register(meters);
    }
}
