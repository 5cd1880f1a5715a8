package io.vedette.evaluator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.anomaly.metric.ImageMetrics;
import io.vedette.common.ModelArn;
import io.vedette.common.artifact.EvaluationResult;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.LifecycleEvent.Performance;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The two evaluation files as bytes (specification §6), with what the model's row takes from them.
 *
 * @param endedAt when the last image was scored
 */
record Report(byte[] result, byte[] manifest, Instant endedAt, Performance performance) {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final int VERSION = 1;

    /** @param scored at least one image; all have the same threshold */
    static Report of(ModelArn model, int trainingImages, List<Scored> scored, Instant endedAt) {
        double[] scores =
                scored.stream().mapToDouble(image -> image.verdict().score()).toArray();
        boolean[] anomalous = new boolean[scores.length];
        for (int i = 0; i < anomalous.length; i++) {
            anomalous[i] = scored.get(i).isAnomaly();
        }
        ImageMetrics metrics =
                ImageMetrics.of(scores, anomalous, scored.get(0).verdict().threshold());
        var details = new EvaluationResult.Details(model, endedAt.toString(), trainingImages, scored.size());
        var aggregated = new EvaluationResult.Aggregated(new EvaluationResult.Metrics(
                metrics.rocAuc(),
                metrics.averagePrecision(),
                metrics.precision(),
                metrics.recall(),
                metrics.f1(),
                null));
        return new Report(
                bytes(new EvaluationResult(VERSION, details, aggregated)),
                manifest(model, scored, endedAt),
                endedAt,
                new Performance(metrics.f1(), metrics.precision(), metrics.recall()));
    }

    private static byte[] manifest(ModelArn model, List<Scored> scored, Instant endedAt) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Scored image : scored) {
            lines.writeBytes(ManifestLine.of(model, image, endedAt).getBytes(StandardCharsets.UTF_8));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static byte[] bytes(EvaluationResult result) {
        try {
            return JSON.writeValueAsBytes(result);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
