package io.vedette.api.batch;

import io.vedette.common.BatchStatus;
import io.vedette.common.S3Uri;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A batch detection as its row was when it was read.
 *
 * @param seq the later it was asked for, the higher
 * @param input where its images were looked for, as an S3 address
 * @param threshold empty for what the model has learned
 * @param done images that were looked at, by whatever attempt; never falls
 * @param failed how many of those could not be used
 * @param lostAttempts since the last image that no attempt had reached before
 * @param excusedAttempts since then, that ended by nobody's fault
 * @param detail why it failed
 */
record Batch(
        UUID batchId,
        long seq,
        UUID modelId,
        BatchStatus status,
        Optional<String> detail,
        String input,
        Optional<Double> threshold,
        int partImages,
        S3Uri results,
        S3Uri summary,
        long total,
        long done,
        long failed,
        Instant askedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        int attempt,
        int lostAttempts,
        int excusedAttempts,
        Optional<UUID> runId,
        Optional<String> worker) {

    /** What the caller is told of where it stands. */
    String message() {
        return switch (status) {
            case QUEUED -> "The batch is waiting for a worker.";
            case IN_PROGRESS ->
                attempt == 1
                        ? "The batch is in progress."
                        : "The batch is in progress. This is attempt " + attempt
                                + ", which goes on where the last ended.";
            case COMPLETE ->
                failed == 0
                        ? "The batch is complete."
                        : "The batch is complete. " + failed + " of " + total
                                + " images could not be used; their lines say why.";
            case FAILED -> "The batch failed. " + detail.orElse("");
            case STOPPED -> "The batch was stopped.";
        };
    }
}
