package io.vedette.evaluator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.anomaly.metric.ImageMetrics;
import io.vedette.anomaly.metric.LabelMetrics;
import io.vedette.common.ModelArn;
import io.vedette.common.S3Uri;
import io.vedette.common.artifact.EvaluationResult;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.LifecycleEvent.Performance;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The evaluation files as bytes (specification §6), with what the model's row takes from them.
 *
 * @param extension our own beside the two of AWS
 * @param endedAt when the last image was scored
 */
record Report(byte[] result, byte[] manifest, byte[] extension, Instant endedAt, Performance performance) {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final int VERSION = 1;

    /**
     * What was evaluated.
     *
     * @param learner what the model was learned with
     * @param masks where the drawn masks will be: the address less their names
     */
    record Subject(ModelArn model, int trainingImages, String learner, List<String> remarks, S3Uri masks) {}

    /** @param scoring of at least one image; all have the same threshold */
    static Report of(Subject subject, Scoring scoring, Instant endedAt) {
        List<Scored> scored = scoring.scored();
        double[] scores =
                scored.stream().mapToDouble(image -> image.verdict().score()).toArray();
        boolean[] anomalous = new boolean[scores.length];
        for (int i = 0; i < anomalous.length; i++) {
            anomalous[i] = scored.get(i).isAnomaly();
        }
        ImageMetrics metrics =
                ImageMetrics.of(scores, anomalous, scored.get(0).verdict().threshold());
        var details = new EvaluationResult.Details(
                subject.model(), endedAt.toString(), subject.trainingImages(), scored.size());
        var aggregated = new EvaluationResult.Aggregated(new EvaluationResult.Metrics(
                metrics.rocAuc(),
                metrics.averagePrecision(),
                metrics.precision(),
                metrics.recall(),
                metrics.f1(),
                labels(scoring.pixels().labels())));
        return new Report(
                bytes(new EvaluationResult(VERSION, details, aggregated)),
                manifest(subject, scored, endedAt),
                bytes(Extension.of(details, subject, scoring, metrics)),
                endedAt,
                new Performance(metrics.f1(), metrics.precision(), metrics.recall()));
    }

    /** Null where there is nothing to say: the key must be absent then, or the Python SDK's table of metrics breaks. */
    private static List<EvaluationResult.PixelAnomalyClass> labels(List<LabelMetrics> labels) {
        return labels.isEmpty()
                ? null
                : labels.stream()
                        .map(label -> new EvaluationResult.PixelAnomalyClass(
                                label.precision(), label.recall(), label.f1(), label.meanIou(), label.label()))
                        .toList();
    }

    private static byte[] manifest(Subject subject, List<Scored> scored, Instant endedAt) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        String masks = subject.masks().toString();
        for (Scored image : scored) {
            lines.writeBytes(
                    ManifestLine.of(subject.model(), image, endedAt, masks).getBytes(StandardCharsets.UTF_8));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static byte[] bytes(Object file) {
        try {
            return JSON.writeValueAsBytes(file);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
