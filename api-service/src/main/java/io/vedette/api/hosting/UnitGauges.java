package io.vedette.api.hosting;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.vedette.api.hosting.HostingSteps.Wanted;
import io.vedette.persistence.Hosting;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The inference units of the hosted models, under CloudWatch's names (specification §8.3). */
@Singleton
class UnitGauges {
    private final Map<MultiGauge, ToIntFunction<Hosting>> gauges = new LinkedHashMap<>();

    UnitGauges(MeterRegistry meters) {
        gauges.put(MultiGauge.builder("MinInferenceUnits").register(meters), Hosting::minUnits);
        gauges.put(MultiGauge.builder("MaxInferenceUnits").register(meters), Hosting::units);
        gauges.put(MultiGauge.builder("DesiredInferenceUnits").register(meters), Hosting::units);
        gauges.put(MultiGauge.builder("InServiceInferenceUnits").register(meters), Hosting::units);
    }

    /** These and no others. */
    void show(List<Wanted> hosted) {
        gauges.forEach((gauge, units) -> gauge.register(
                hosted.stream()
                        .map(wanted -> MultiGauge.Row.of(
                                DetectionMeters.tags(wanted.model().arn()), units.applyAsInt(wanted.hosting())))
                        .toList(),
                true));
    }
}
