package io.vedette.api.hosting;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vedette.common.ModelArn;
import io.vedette.common.inference.Detected;
import jakarta.inject.Singleton;

/** What CloudWatch counted of a hosted model, under the same names and dimensions (specification §8.3). */
@Singleton
class DetectionMeters {
    private final MeterRegistry meters;

    DetectionMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    static Tags tags(ModelArn model) {
        return Tags.of(
                "ProjectName", model.project().value(),
                "ModelVersion", model.version().toString(),
                "Account", model.scope().account(),
                "Region", model.scope().region());
    }

    void succeeded(ModelArn model, Detected result, long nanos) {
        count("SuccessfulRequestCount", model);
        count("ProcessedImageCount", model);
        if (result.anomalous()) {
            count("DetectedAnomalyCount", model);
        }
        DistributionSummary.builder("Time")
                .baseUnit("milliseconds")
                .serviceLevelObjectives(10, 30, 100, 300, 1000, 3000, 10_000)
                .tags(tags(model))
                .register(meters)
                .record(nanos / 1e6);
    }

    void invalidImage(ModelArn model) {
        count("InvalidImageCount", model);
    }

    void throttled(ModelArn model) {
        count("ThrottledCount", model);
    }

    void failed(ModelArn model) {
        count("ErrorCount", model);
    }

    private void count(String name, ModelArn model) {
        meters.counter(name, tags(model)).increment();
    }
}
