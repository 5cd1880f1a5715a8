package io.vedette.api.hosting;

import io.vedette.common.inference.Detected;
import java.util.List;

/** What DetectAnomalies answers (specification §7). Null stands for a member that is absent. */
final class DetectAnswers {
    private DetectAnswers() {}

    record DetectAnomaliesResponse(DetectAnomalyResult detectAnomalyResult) {
        static DetectAnomaliesResponse of(Detected detected) {
            return new DetectAnomaliesResponse(new DetectAnomalyResult(
                    new Source("direct"),
                    detected.anomalous(),
                    (float) detected.confidence(),
                    detected.areas() == null ? null : anomalies(detected.areas()),
                    detected.mask()));
        }
    }

    /** @param confidence in what {@code isAnomalous} says, with the precision of a 32-bit float as the API has it */
    record DetectAnomalyResult(
            Source source, boolean isAnomalous, float confidence, List<Anomaly> anomalies, byte[] anomalyMask) {}

    record Source(String type) {}

    record Anomaly(String name, PixelAnomaly pixelAnomaly) {}

    record PixelAnomaly(float totalPercentageArea, String color) {}

    /** The background first, always; then each defect that was found. */
    static List<Anomaly> anomalies(List<Detected.Area> areas) {
        return Detected.withBackground(areas).stream()
                .map(area -> new Anomaly(area.name(), new PixelAnomaly((float) area.share(), area.color())))
                .toList();
    }
}
