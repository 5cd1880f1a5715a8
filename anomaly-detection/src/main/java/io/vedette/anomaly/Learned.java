package io.vedette.anomaly;

import io.vedette.anomaly.calibration.Blend;
import io.vedette.anomaly.calibration.Calibration;
import io.vedette.anomaly.calibration.HeatScale;
import io.vedette.anomaly.head.Parts;
import io.vedette.anomaly.metric.ImageMetrics;
import java.util.List;
import java.util.Map;

/**
 * Parts of a model with what held-out training images say about them.
 *
 * @param learner one of {@link LearnerSettings#LEARNERS}
 * @param defects null if there are no masks to learn from
 * @param outOfFold what scores of held-out training images are worth, of each learner that was tried; empty where there
 *     are too few labelled anomalies to say
 */
record Learned(
        String learner,
        Parts parts,
        Blend blend,
        Calibration calibration,
        HeatScale heat,
        DefectFinder defects,
        int folds,
        Map<String, ImageMetrics> outOfFold,
        List<String> remarks) {}
