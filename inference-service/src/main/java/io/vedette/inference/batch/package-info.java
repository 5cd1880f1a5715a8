/**
 * Batch detections: claimed from Kafka, scored image by image, written to S3 in parts that a next attempt goes on from. How an
 * image is scored is the package above's; where a batch stands, the api's.
 */
package io.vedette.inference.batch;
