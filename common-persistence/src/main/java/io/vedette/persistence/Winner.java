package io.vedette.persistence;

import io.vedette.common.event.LifecycleEvent.Performance;
import java.time.Instant;
import java.util.UUID;

/**
 * What the first evaluation to finish brings; see {@link Models#claimWin}.
 *
 * @param trainingRunId the run whose artifact was evaluated
 * @param endedAt EvaluationEndTimestamp
 * @param resultSha256 of the EvaluationResult's bytes, hexadecimal
 * @param manifestSha256 of the EvaluationManifest's bytes, hexadecimal
 * @param trainingImages how many labelled images were learned from
 */
public record Winner(
        UUID evaluationRunId,
        UUID trainingRunId,
        Instant endedAt,
        String resultSha256,
        String manifestSha256,
        int trainingImages,
        Performance performance) {}
