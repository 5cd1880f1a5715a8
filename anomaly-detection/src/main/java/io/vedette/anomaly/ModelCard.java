package io.vedette.anomaly;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.Precision;
import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.calibration.HeatScale;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.metric.ImageMetrics;
import java.util.List;
import java.util.Map;

/**
 * All about a model but its tensors, as model.json has it.
 *
 * @param calibrated whether confidence comes from labelled anomalies
 * @param precision what the network computes with where the model is read on a GPU
 * @param images the size of the photographs, in pixels
 * @param grid of the cells that a photograph is seen in
 * @param parts names of what the model consists of
 * @param defects empty without masks
 * @param outOfFold what scores of held-out training images are worth, of each learner that was tried; empty without
 *     labelled anomalies
 * @param tensorsSha256 of the file beside it; null until it is written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelCard(
        int format,
        String learner,
        boolean calibrated,
        Backbone.Identity backbone,
        Precision precision,
        int imageSide,
        Dimensions images,
        Dimensions grid,
        long seed,
        Counts trainedOn,
        List<String> parts,
        Blend blend,
        Calibration calibration,
        HeatScale heat,
        List<DefectFinder.Kind> defects,
        boolean kindsByMeans,
        int folds,
        Map<String, ImageMetrics> outOfFold,
        List<String> remarks,
        Versions versions,
        String tensorsSha256) {
    static final int FORMAT = 2;

    ModelCard {
        if (precision == null) precision = Precision.FLOAT32; // of older models
    }

    /**
     * @param masked anomalies whose defects are known
     * @param copies of each image that were varied
     */
    record Counts(int normal, int anomalous, int masked, int copies) {}

    record Versions(String djl, String pytorch, String java) {}

    ModelCard with(String sha256) {
        return with(precision, sha256);
    }

    ModelCard with(Precision other) {
        return with(other, tensorsSha256);
    }

    private ModelCard with(Precision precision, String sha256) {
        return new ModelCard(
                format,
                learner,
                calibrated,
                backbone,
                precision,
                imageSide,
                images,
                grid,
                seed,
                trainedOn,
                parts,
                blend,
                calibration,
                heat,
                defects,
                kindsByMeans,
                folds,
                outOfFold,
                remarks,
                versions,
                sha256);
    }
}
