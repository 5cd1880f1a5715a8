package io.vedette.api.hosting;

import io.vedette.common.artifact.VedetteEvaluation;
import java.util.List;

/** A model's operating threshold, and what another one would have given on the test images. */
final class ThresholdAnswers {
    private ThresholdAnswers() {}

    /** @param threshold null for what the model has learned */
    record ChangeRequest(Double threshold) {}

    /**
     * @param threshold null where the learned one counts
     * @param learnedThreshold null where the evaluation does not tell
     * @param whatIf null unless asked for
     */
    record ThresholdResponse(Double threshold, Double learnedThreshold, WhatIf whatIf) {}

    /**
     * The test images judged at a threshold, from the scores that the evaluation stored.
     *
     * @param precision 0 where nothing would be called anomalous, as are the others that have no value
     */
    record WhatIf(
            double threshold,
            int truePositives,
            int falsePositives,
            int trueNegatives,
            int falseNegatives,
            double precision,
            double recall,
            double f1Score) {

        static WhatIf of(List<VedetteEvaluation.Image> images, double threshold) {
            int[][] counts = new int[2][2];
            for (VedetteEvaluation.Image image : images) {
                counts[image.label().equals("anomaly") ? 1 : 0][image.score() >= threshold ? 1 : 0]++;
            }
            int truePositives = counts[1][1];
            int falsePositives = counts[0][1];
            int falseNegatives = counts[1][0];
            return new WhatIf(
                    threshold,
                    truePositives,
                    falsePositives,
                    counts[0][0],
                    falseNegatives,
                    share(truePositives, truePositives + falsePositives),
                    share(truePositives, truePositives + falseNegatives),
                    share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives));
        }

        private static double share(int part, int whole) {
            return whole == 0 ? 0 : (double) part / whole;
        }
    }
}
