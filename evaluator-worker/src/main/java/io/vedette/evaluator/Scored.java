package io.vedette.evaluator;

import io.vedette.anomaly.Verdict;
import io.vedette.common.artifact.VedetteEvaluation.Cell;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.dataset.Label;
import java.util.List;
import java.util.Optional;

/**
 * A labelled test image with the model's verdict.
 *
 * @param verdict without heat and defects, which are too large to keep
 * @param hottest empty if the model knows only whole images
 * @param mask empty for a classification model
 */
record Scored(DatasetEntry entry, Verdict verdict, Optional<Cell> hottest, Optional<DrawnMask> mask) {
    /**
     * A mask that was stored.
     *
     * @param name in the run's and in the caller's folder of masks
     * @param found the defects in it, in the model's colours
     */
    record DrawnMask(String name, List<DefectClass> found) {}

    boolean isAnomaly() {
        return entry.label().orElseThrow() == Label.ANOMALY;
    }
}
