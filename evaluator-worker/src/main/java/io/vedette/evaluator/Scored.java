package io.vedette.evaluator;

import io.vedette.anomaly.Verdict;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.Label;

/** A labelled test image with the model's verdict. */
record Scored(DatasetEntry entry, Verdict verdict) {
    boolean isAnomaly() {
        return entry.label().orElseThrow() == Label.ANOMALY;
    }
}
