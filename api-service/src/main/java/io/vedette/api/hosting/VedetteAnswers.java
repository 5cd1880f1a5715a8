package io.vedette.api.hosting;

import io.vedette.api.hosting.DetectAnswers.Anomaly;
import io.vedette.common.inference.Detected;
import java.util.List;

/** What the extensions of hosting answer. Null stands for a member that is absent. */
final class VedetteAnswers {
    private VedetteAnswers() {}

    /**
     * @param score without a unit; the photograph is anomalous where it is not below the threshold
     * @param heatMap null for a model that knows only whole images; else a grey PNG whose grid covers the whole image: 0 is
     *     normal, half of 255 is where a cell makes an image anomalous, the same in every image of the model
     * @param anomalies null for a classification model
     * @param instances null for a classification model; connected regions of one defect, the largest first
     */
    record DetectResponse(
            String modelVersion,
            double score,
            double threshold,
            boolean isAnomalous,
            double confidence,
            byte[] heatMap,
            List<Anomaly> anomalies,
            byte[] anomalyMask,
            List<Instance> instances) {

        static DetectResponse of(Target model, Detected detected) {
            List<Detected.Instance> instances = detected.details().instances();
            return new DetectResponse(
                    model.arn().version().toString(),
                    detected.score(),
                    detected.threshold(),
                    detected.anomalous(),
                    detected.confidence(),
                    detected.details().heat(),
                    detected.areas() == null ? null : DetectAnswers.anomalies(detected.areas()),
                    detected.mask(),
                    instances == null
                            ? null
                            : instances.stream().map(Instance::of).toList());
        }
    }

    /** @param totalPercentageArea share of the image's pixels, 0 to 1, named as the API names it */
    record Instance(String name, String color, BoundingBox boundingBox, double totalPercentageArea) {
        static Instance of(Detected.Instance found) {
            Detected.Box box = found.box();
            return new Instance(
                    found.name(),
                    found.color(),
                    new BoundingBox(box.left(), box.top(), box.width(), box.height()),
                    found.area());
        }
    }

    /** Shares of the image's width and height. */
    record BoundingBox(double left, double top, double width, double height) {}
}
