/**
 * Batch detections: what is asked, where each stands, who works at it. The images are looked at by the inference service,
 * which reports by run events; this package alone says how a batch ends.
 */
package io.vedette.api.batch;
