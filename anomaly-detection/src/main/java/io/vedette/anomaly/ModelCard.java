package io.vedette.anomaly;

import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.head.Head;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.metric.ImageMetrics;
import java.util.List;

/**
 * All about a model but its tensors, as model.json has it.
 *
 * @param calibrated whether confidence comes from labelled anomalies
 * @param images the size of the photographs, in pixels
 * @param outOfFold what scores of held-out training images are worth at the threshold; null without labelled anomalies
 * @param tensorsSha256 of the file beside it; null until it is written
 */
record ModelCard(
        int format,
        Head.Kind learner,
        boolean calibrated,
        Network backbone,
        int imageSide,
        Dimensions images,
        long seed,
        Counts trainedOn,
        Calibration calibration,
        int folds,
        ImageMetrics outOfFold,
        List<String> remarks,
        Versions versions,
        String tensorsSha256) {
    static final int FORMAT = 1;

    record Network(String name, String sha256) {}

    record Counts(int normal, int anomalous) {}

    record Versions(String djl, String pytorch, String java) {}

    ModelCard with(String sha256) {
        return new ModelCard(
                format,
                learner,
                calibrated,
                backbone,
                imageSide,
                images,
                seed,
                trainedOn,
                calibration,
                folds,
                outOfFold,
                remarks,
                versions,
                sha256);
    }
}
