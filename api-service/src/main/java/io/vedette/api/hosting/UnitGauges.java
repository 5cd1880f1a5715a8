package io.vedette.api.hosting;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.vedette.api.hosting.HostingSteps.Wanted;
import io.vedette.common.ModelArn;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The inference units of the hosted models, under CloudWatch's names (specification §8.3). */
@Singleton
class UnitGauges {
    private final Map<MultiGauge, ToIntFunction<Wanted>> gauges = new LinkedHashMap<>();
    private volatile Map<ModelArn, Wanted> hosted = Map.of();

    UnitGauges(MeterRegistry meters, Demand demand) {
        // Units are places that a call finds when it comes, so what is desired is in service.
        ToIntFunction<Wanted> present = wanted -> demand.units(
                wanted.model().modelId(),
                wanted.hosting().minUnits(),
                wanted.hosting().mostUnits());
        gauge(meters, "MinInferenceUnits", wanted -> wanted.hosting().minUnits());
        gauge(meters, "MaxInferenceUnits", wanted -> wanted.hosting().mostUnits());
        gauge(meters, "DesiredInferenceUnits", present);
        gauge(meters, "InServiceInferenceUnits", present);
    }

    private void gauge(MeterRegistry meters, String name, ToIntFunction<Wanted> units) {
        gauges.put(MultiGauge.builder(name).register(meters), units);
    }

    /** These and no others. */
    void show(List<Wanted> now) {
        hosted = now.stream()
                .collect(Collectors.toMap(wanted -> wanted.model().arn(), Function.identity(), (one, other) -> other));
        // Rows that are there stay: they ask for their value when they are read.
        gauges.forEach((gauge, units) -> gauge.register(
                hosted.keySet().stream().map(model -> row(model, units)).toList()));
    }

    private MultiGauge.Row<ModelArn> row(ModelArn model, ToIntFunction<Wanted> units) {
        return MultiGauge.Row.of(DetectionMeters.tags(model), model, named -> {
            Wanted wanted = hosted.get(named);
            return wanted == null ? Double.NaN : units.applyAsInt(wanted);
        });
    }
}
