/** From scores to verdicts: held-out parts, thresholds, confidence. */
package io.vedette.anomaly.calibration;
